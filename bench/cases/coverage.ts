import { closeSync } from 'node:fs';
import { ExecutorClient, defaultLimits } from '../../src/execute/client/executor-client.js';
import { codeMapOf } from '../../src/execute/native/code/cached-map.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { startZygote } from '../../src/execute/zygote/start-zygote.js';
import { defaultZygoteOptions, type ZygoteOptions } from '../../src/execute/zygote/zygote-options.js';
import type { Job } from '../../src/api/execution.js';
import { workerSlot } from '../../src/share/layout.js';
import { SharedRegion } from '../../src/share/region.js';
import { UserError } from '../../src/util/errors.js';
import type { BenchCase } from '../case.js';
import { processorMicros } from '../memory.js';
import { commonJobs } from '../mutants/common-run.js';
import { ratios } from '../statistics.js';

const batch = 16;

/**
 * The cost of breakpoints to an executor: the same declarations with and without, in turns. Traces of entries are not
 * in it.
 */
export const coverage: BenchCase = {
  name: 'coverage',
  about:
    'what watching the code of a native kernel costs an executor: the same declarations with and without, in pairs',
  async run({ quick, note }) {
    const native = await leanOfFolder('native Lean', fetchedToolchain());
    const codeMap = codeMapOf(native);
    if (typeof codeMap === 'string') throw new UserError(`coverage: ${codeMap}`);
    const jobs = commonJobs(quick ? 2000 : 10_000);
    const [plain, watched]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < (quick ? 2 : 10); pair++) {
      note(`pair ${pair + 1}`);
      plain.push(await microsOfDeclaration({ native }, 0, jobs));
      watched.push(await microsOfDeclaration({ native, codeMap }, codeMap.blocks.length, jobs));
    }
    const added = ratios(watched, plain).map((ratio) => 100 * (ratio - 1));
    return [
      { name: 'processor time of a declaration, not watched', samples: plain, unit: 'us' },
      { name: 'processor time of a declaration, watched', samples: watched, unit: 'us' },
      { name: 'added, pair by pair', samples: added, unit: '%', goal: { atMost: 3 } },
    ];
  },
};

async function microsOfDeclaration(
  options: Partial<ZygoteOptions>,
  blocks: number,
  jobs: readonly Job[],
): Promise<number> {
  const region = SharedRegion.create({ workers: 1, blocks });
  const zygote = await startZygote(region, { ...defaultZygoteOptions, ...options });
  try {
    const client = new ExecutorClient(region, 0, { ...defaultLimits, recycleAfterJobs: Infinity });
    await client.replace();
    let declarations = 0;
    for (let at = 0; at < jobs.length; at += batch)
      for (const { steps } of await client.run(jobs.slice(at, at + batch))) declarations += steps.length;
    return processorMicros(region.load(region.slot(0) + workerSlot.executor_pid)) / declarations;
  } finally {
    await zygote.kill();
    closeSync(region.fd);
  }
}
