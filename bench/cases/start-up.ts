import type { BenchCase } from '../case.js';
import { runCampaign } from '../campaign.js';
import { withTemporaryFolder } from '../cleanup.js';
import { runSingleLean, type BootSteps } from '../single-lean.js';

/** A campaign of one candidate: it is over as soon as the first tests are judged. */
const args = ['--cores', '1', '--runs', '1', '--seed', '1'];

export const startUp: BenchCase = {
  name: 'start-up',
  about: 'from the command to the first judged candidate, with an empty cache and with a filled one',
  async run({ quick, note }) {
    const first: number[] = [];
    const later: number[] = [];
    const steps: BootSteps[] = [];
    for (let repeat = 0; repeat < (quick ? 1 : 3); repeat++) {
      note(`round ${repeat + 1}`);
      await withTemporaryFolder(async (cache) => {
        const environment = { LEAN_FUZZ_CACHE: cache };
        first.push((await runCampaign(args, { environment })).seconds);
        later.push((await runCampaign(args, { environment })).seconds);
      });
      steps.push(await runSingleLean(0, true));
    }
    const step = (key: keyof BootSteps) => steps.map((sample) => sample[key] / 1000);
    return [
      { name: 'first run, with prepare', samples: first, unit: 's', goal: { atMost: 30 } },
      { name: 'later runs', samples: later, unit: 's', goal: { atMost: 6 } },
      { name: 'prepare, alone', samples: first.map((s, i) => s - (later[i] ?? 0)), unit: 's' },
      { name: 'of a later run: cache check', samples: step('prepare'), unit: 's' },
      { name: 'of a later run: boot and import', samples: step('boot'), unit: 's' },
      { name: 'of a later run: warm-up', samples: step('warmUp'), unit: 's' },
    ];
  },
};
