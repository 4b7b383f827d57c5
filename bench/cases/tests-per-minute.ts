import type { BenchCase, Measurement } from '../case.js';
import { runCampaign } from '../campaign.js';
import { runSingleLean } from '../single-lean.js';
import { ratios } from '../statistics.js';

/** One core, two cores and the baseline take turns, so that a slow spell of the machine hits all three. */
export const testsPerMinute: BenchCase = {
  name: 'tests-per-minute',
  about: 'campaigns on 1 and 2 cores, and the baseline: a fresh Lean process for each test',
  async run({ quick, note }) {
    const seconds = quick ? 10 : 30;
    const one: number[] = [];
    const two: number[] = [];
    const baseline: number[] = [];
    const shares: number[] = [];
    for (let repeat = 0; repeat < (quick ? 1 : 3); repeat++) {
      for (const [cores, rates] of [
        [1, one],
        [2, two],
      ] as const) {
        note(`${cores} core${cores === 1 ? '' : 's'}, ${seconds} s, round ${repeat + 1}`);
        // The same seed in all rounds: what is measured is the machine and the program, not the candidates.
        const args = ['--cores', cores, '--time', `${seconds}s`, '--seed', 1].map(String);
        const { summary } = await runCampaign(args);
        rates.push(summary.testsPerMinute);
        shares.push(summary.shareInsideLean * 100);
      }
      note(`a fresh Lean for each test, round ${repeat + 1}`);
      baseline.push(await freshLeanPerMinute(quick ? 1 : 3));
    }
    return [
      ...rows(one, two),
      { name: 'share of time inside Lean', samples: shares, unit: '%', goal: { atLeast: 95 } },
      { name: 'tests, baseline on 1 core', samples: baseline, unit: '1/min' },
      { name: '1 core : baseline', samples: ratios(one, baseline), unit: 'ratio' },
    ];
  },
};

function rows(one: number[], two: number[]): Measurement[] {
  return [
    { name: 'tests on 1 core', samples: one, unit: '1/min', goal: { atLeast: 8000 } },
    { name: 'tests on 2 cores', samples: two, unit: '1/min', goal: { atLeast: 16_000 } },
    { name: '2 cores : 1 core', samples: ratios(two, one), unit: 'ratio', goal: { atLeast: 1.8 } },
  ];
}

/** Without the warm-up, which would be wasted on a process that runs one test: the baseline at its best. */
async function freshLeanPerMinute(tests: number): Promise<number> {
  const startedAt = performance.now();
  for (let run = 0; run < tests; run++) await runSingleLean(run, false);
  return tests / ((performance.now() - startedAt) / 60_000);
}
