import { runCampaign } from '../campaign.js';
import type { BenchCase, Measurement } from '../case.js';
import { fixedSince } from '../recall/fixed.js';

/** The kernel bugs fixed after the embedded Lean 4.28.0 that a campaign on it shows, and after how many seconds. */
export const recall: BenchCase = {
  name: 'recall',
  about:
    'which of the bugs that were fixed since the embedded Lean a campaign shows (--minutes 10 --cores 2 is the standard form)',
  slow: true,
  async run({ quick, minutes, seed, cores, note }) {
    const seconds = quick ? 45 : minutes * 60;
    const seen = new Map<string, number>();
    let now = 0;
    await runCampaign(
      ['--level', 'kernel', '--cores', String(cores), '--time', `${seconds}s`, '--seed', String(seed)],
      {
        status: ({ elapsedSeconds }) => (now = elapsedSeconds),
        finding: ({ signature }) => {
          for (const { change, signature: shows } of fixedSince)
            if (shows.test(signature) && !seen.has(change)) seen.set(change, now);
        },
      },
    );
    for (const { change, about } of fixedSince) {
      const at = seen.get(change);
      note(`${change.padEnd(8)} ${about.padEnd(42)} ${at === undefined ? 'unseen' : `seen after ${at} s`}`);
    }
    return [
      {
        name: `seen of ${fixedSince.length} (${seconds} s on ${cores})`,
        samples: [seen.size],
        unit: 'count',
        goal: { atLeast: 9 },
      },
      ...[...seen].map(([change, at]): Measurement => ({ name: change, samples: [at], unit: 's' })),
    ];
  },
};
