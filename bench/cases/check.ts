import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/util/package.js';
import type { BenchCase, Measurement } from '../case.js';
import { start, withTemporaryFolder } from '../cleanup.js';
import { peakMiB } from '../memory.js';

/** The line that `check --against embedded --json` prints, as far as it is used here. */
interface Checked {
  readonly declarations: number;
  readonly against: {
    readonly accepted: number;
    readonly refused: number;
    readonly noAnswer: number;
    readonly differences: readonly unknown[];
    readonly oursPerSecond: number;
    readonly theirsPerSecond: number;
  };
}

/** The embedded Lean's Init, exported and checked by our own kernel, then by the embedded Lean's. */
export const check: BenchCase = {
  name: 'check',
  about: "our own kernel over the embedded Lean's Init, beside that Lean's kernel on the same file",
  slow: true,
  run: ({ quick, note }) =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, 'init.ndjson');
      note('exporting');
      const exporting = await run(['export', '--init', file]);
      const alone: Ended[] = [];
      const both: Checked[] = [];
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        note(`checking, round ${round + 1}`);
        alone.push(await run(['check', file, '--as', '4.28.0', '--every', '--json']));
        const { out } = await run(['check', file, '--as', '4.28.0', '--against', 'embedded', '--json']);
        both.push(JSON.parse(out) as Checked);
      }
      const of = (pick: (one: Checked) => number): number[] => both.map(pick);
      const rows: Measurement[] = [
        { name: 'export', samples: [exporting.seconds], unit: 's' },
        { name: 'the whole file', samples: alone.map((one) => one.seconds), unit: 's', goal: { atMost: 60 } },
        { name: 'memory', samples: alone.map((one) => one.memory), unit: 'MiB', goal: { atMost: 2048 } },
        { name: 'our kernel', samples: of(({ against }) => against.oursPerSecond), unit: '1/s' },
        { name: "the embedded Lean's", samples: of(({ against }) => against.theirsPerSecond), unit: '1/s' },
        {
          name: 'its rate by ours',
          samples: of(({ against }) => against.theirsPerSecond / against.oursPerSecond),
          unit: 'x',
          goal: { atMost: 10 },
        },
        { name: 'accepted by both', samples: of(({ against }) => against.accepted), unit: 'count' },
        { name: 'rejected by both', samples: of(({ against }) => against.refused), unit: 'count' },
        { name: 'no answer of one', samples: of(({ against }) => against.noAnswer), unit: 'count' },
        {
          name: 'differences',
          samples: of(({ against }) => against.differences.length),
          unit: 'count',
          goal: { atMost: 0 },
        },
      ];
      return rows;
    }),
};

interface Ended {
  readonly out: string;
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** The most memory that its process had. */
  readonly memory: number;
}

/** How often memory is looked at; the kernel keeps the peak, so that only the last moments are missed. */
const lookMillis = 100;

async function run(args: readonly string[]): Promise<Ended> {
  const startedAt = performance.now();
  const child = start(process.execPath, [join(packageRoot, 'bin/lean-fuzz.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('no pipe');
  let memory = NaN;
  const looks = setInterval(() => (memory = peakMiB(child.pid ?? 0) || memory), lookMillis);
  try {
    const [out] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return { out, seconds: (performance.now() - startedAt) / 1000, memory };
  } finally {
    clearInterval(looks);
  }
}
