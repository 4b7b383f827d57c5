import { closeSync } from 'node:fs';
import type { CodeMap } from '../../src/api/code-map.js';
import type { Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { codeMapOf } from '../../src/execute/native/code/cached-map.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import type { ZygoteProcess } from '../../src/execute/zygote/zygote-process.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { UserError } from '../../src/util/errors.js';
import { runCampaign } from '../campaign.js';
import type { BenchCase, Measurement } from '../case.js';
import { runningMicros, treeMicros } from '../memory.js';
import { commonJobs } from '../mutants/common-run.js';
import { ratios } from '../statistics.js';

/** Jobs after which it is another executor's turn. */
const turn = 4;

/**
 * The cost of breakpoints to an executor: the same declarations with and without, in turns of a few. Then whole
 * campaigns, in which what is confirmed costs a run more.
 */
export const coverage: BenchCase = {
  name: 'coverage',
  about:
    'what watching the code of a native kernel costs: the same declarations with and without, in pairs, and campaigns',
  async run({ quick, note }) {
    const native = await leanOfFolder('native Lean', fetchedToolchain());
    const codeMap = codeMapOf(native);
    if (typeof codeMap === 'string') throw new UserError(`coverage: ${codeMap}`);
    const jobs = commonJobs(quick ? 2000 : 10_000);
    const sides = {
      plain: await Side.open(native),
      first: await Side.open(native, codeMap),
      later: await Side.open(native, codeMap),
    };
    try {
      await sides.later.fresh();
      await takeTurns([sides.later], jobs, 0);
      for (let pair = 1; pair <= (quick ? 2 : 10); pair++) {
        note(`pair ${pair}`);
        sides.first.forget();
        for (const side of Object.values(sides)) await side.fresh();
        await takeTurns(Object.values(sides), jobs, pair);
        for (const side of Object.values(sides)) side.endPass();
      }
    } finally {
      for (const side of Object.values(sides)) await side.close();
    }
    return [...rowsOf(sides), ...(await campaigns(native.root, quick, note))];
  },
};

function rowsOf({ plain, first, later }: Record<'plain' | 'first' | 'later', Side>): Measurement[] {
  const time = (name: string, side: Side): Measurement => ({
    name: `processor time of a declaration, ${name}`,
    samples: side.passes.map(({ micros, declarations }) => micros / declarations),
    unit: 'us',
  });
  const added = (name: string, side: Side): Measurement => ({
    name: `added, pair by pair, ${name}`,
    samples: ratios(side.micros, plain.micros).map((ratio) => 100 * (ratio - 1)),
    unit: '%',
    goal: { atMost: 3 },
  });
  const least = (name: string, side: Side): Measurement => ({
    name: `added, least times of each turn, ${name}`,
    samples: [100 * (side.leastMicros / plain.leastMicros - 1)],
    unit: '%',
    goal: { atMost: 3 },
  });
  const hits = first.passes.map(({ blocks }) => blocks);
  return [
    time('not watched', plain),
    time('watched, nothing reached yet', first),
    time('watched, all of it reached before', later),
    { name: 'breakpoints hit, nothing reached yet', samples: hits, unit: 'count' },
    added('nothing reached yet', first),
    added('all of it reached before', later),
    least('nothing reached yet', first),
    least('all of it reached before', later),
  ];
}

interface Pass {
  readonly micros: number;
  readonly declarations: number;
  readonly blocks: number;
}

/** A zygote with an executor that does a pass at a time. */
class Side {
  readonly passes: Pass[] = [];
  /** The least that each turn has taken in any pass: what else the machine does only adds. */
  private readonly least: number[] = [];
  private turns: number[] = [];
  private declarations = 0;
  private blocks = 0;
  private pid = 0;

  private constructor(
    private readonly region: SharedRegion,
    private readonly zygote: ZygoteProcess,
    private readonly client: ExecutorClient,
    private readonly none: Uint32Array,
  ) {}

  static async open(native: NativeLean, codeMap?: CodeMap): Promise<Side> {
    const region = SharedRegion.create({ workers: 1, executors: 2, blocks: codeMap?.blocks.length ?? 0 });
    const zygote = await startZygote(region, {
      ...defaultZygoteOptions,
      native,
      ...(codeMap === undefined ? {} : { codeMap }),
    });
    const client = new ExecutorClient(region, 0, { ...defaultLimits, recycleAfterJobs: Infinity });
    return new Side(region, zygote, client, region.blocks.save());
  }

  get micros(): number[] {
    return this.passes.map(({ micros }) => micros);
  }

  get leastMicros(): number {
    return sum(this.least);
  }

  /** As if nothing had been reached; for an executor that is forked after this. */
  forget(): void {
    this.region.blocks.restore(this.none);
  }

  async fresh(): Promise<void> {
    await this.client.replace();
    this.pid = this.region.load(this.region.slot(0) + workerSlot.executor_pid);
    [this.turns, this.declarations, this.blocks] = [[], 0, 0];
  }

  async run(jobs: readonly Job[]): Promise<void> {
    const before = runningMicros(this.pid);
    for (const { steps, firsts = [] } of await this.client.run(jobs)) {
      this.declarations += steps.length;
      this.blocks += sum(firsts.map(({ blocks }) => blocks.length));
    }
    this.turns.push(runningMicros(this.pid) - before);
  }

  endPass(): void {
    const { declarations, blocks, turns } = this;
    this.passes.push({ micros: sum(turns), declarations, blocks });
    turns.forEach((micros, at) => (this.least[at] = Math.min(this.least[at] ?? Infinity, micros)));
  }

  async close(): Promise<void> {
    await this.zygote.kill();
    closeSync(this.region.fd);
  }
}

async function takeTurns(sides: readonly Side[], jobs: readonly Job[], pass: number): Promise<void> {
  for (let at = 0; at < jobs.length; at += turn) {
    // Not always the same first, also of one turn in all passes.
    const first = (at / turn + pass) % sides.length;
    for (const side of [...sides.slice(first), ...sides.slice(0, first)])
      await side.run(jobs.slice(at, at + turn));
  }
}

interface At {
  readonly tests: number;
  readonly micros: number;
}

function microsOfTest(from: At | undefined, to: At | undefined): number {
  return from === undefined || to === undefined ? NaN : (to.micros - from.micros) / (to.tests - from.tests);
}

/** Processor time of all processes of a campaign for each test; with coverage it makes other candidates. */
async function campaigns(
  folder: string,
  quick: boolean,
  note: (text: string) => void,
): Promise<Measurement[]> {
  const times = { off: [] as number[], kernel: [] as number[] };
  const time = quick ? '10s' : '60s';
  for (let seed = 1; seed <= (quick ? 1 : 3); seed++)
    for (const what of ['off', 'kernel'] as const) {
      note(`a campaign with --coverage ${what}, seed ${seed}`);
      // From the first status line on, so that no boot counts.
      let [from, to]: [At | undefined, At | undefined] = [undefined, undefined];
      const args = ['--lean', folder, '--level', 'kernel', '--cores', '1', '--seed', String(seed)];
      const { summary } = await runCampaign([...args, '--time', time, '--coverage', what], {
        status: ({ tests }, primary) => {
          to = { tests, micros: treeMicros(primary).all };
          from ??= to;
        },
      });
      note(`${summary.tests} tests, ${summary.blocks} blocks`);
      times[what].push(microsOfTest(from, to));
    }
  return (['off', 'kernel'] as const).map((what) => ({
    name: `processor time of a test in a campaign of ${time}, --coverage ${what}`,
    samples: times[what],
    unit: 'us',
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
