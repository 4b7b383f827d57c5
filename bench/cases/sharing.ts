import { runCampaign } from '../campaign.js';
import type { BenchCase } from '../case.js';
import { ratios } from '../statistics.js';

/** Two workers that learn from each other against two that do not, over the same time, seed by seed. */
export const sharing: BenchCase = {
  name: 'sharing',
  about: 'different features that 2 workers reach in the same time, sharing or --isolated, 5 seeds',
  slow: true,
  async run({ quick, note }) {
    const time = quick ? '10s' : '60s';
    const seeds = quick ? [1] : [1, 2, 3, 4, 5];
    const shared: number[] = [];
    const isolated: number[] = [];
    for (const [turn, seed] of seeds.entries()) {
      const args = ['--cores', '2', '--time', time, '--seed', String(seed)];
      // Whoever goes first changes from turn to turn.
      const modes = turn % 2 === 0 ? [true, false] : [false, true];
      for (const share of modes) {
        note(`seed ${seed}, ${share ? 'sharing' : 'isolated'}`);
        const { summary } = await runCampaign(share ? args : [...args, '--isolated']);
        (share ? shared : isolated).push(summary.features);
      }
    }
    return [
      { name: 'sharing', samples: shared, unit: 'features' },
      { name: 'isolated', samples: isolated, unit: 'features' },
      {
        name: 'sharing / isolated, paired',
        samples: ratios(shared, isolated),
        unit: 'x',
        goal: { atLeast: 1 },
      },
    ];
  },
};
