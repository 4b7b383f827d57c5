import { runCampaign } from '../campaign.js';
import type { BenchCase, Measurement } from '../case.js';

/** Seconds until a campaign from an empty corpus has its first lead, and its first audited proof of False. */
export const timeToFalse: BenchCase = {
  name: 'time-to-false',
  about: 'seconds to the first lead and to the first proof of False, over ten seeds',
  slow: true,
  async run({ quick, minutes, note }) {
    const limit = quick ? 60 : minutes * 60;
    const toLead: number[] = [];
    const toFalse: number[] = [];
    const classes = new Map<string, number[]>();
    let given = 0;
    for (let seed = 1; seed <= (quick ? 3 : 10); seed++) {
      note(`seed ${seed}, at most ${limit} s`);
      let lead: number | undefined;
      let found: { at: number; signature: string } | undefined;
      let now = 0;
      const args = ['--level', 'kernel', '--cores', '2', '--time', `${limit}s`, '--seed', String(seed)];
      await runCampaign([...args, '--stop-on-solution'], {
        status: ({ elapsedSeconds }) => (now = elapsedSeconds),
        finding: ({ kind, signature }) => {
          lead ??= now;
          if (kind === 'solution') found ??= { at: now, signature };
        },
      });
      if (lead !== undefined) toLead.push(lead);
      if (found === undefined) {
        given++;
        continue;
      }
      toFalse.push(found.at);
      classes.set(found.signature, [...(classes.get(found.signature) ?? []), found.at]);
      note(`False after ${found.at} s: ${found.signature}`);
    }
    return [
      ...row('first lead', toLead),
      ...row('first proof of False', toFalse, 60),
      { name: 'seeds without one', samples: [given], unit: 'count' },
      ...[...classes].flatMap(([signature, samples]) => row(signature, samples)),
    ];
  },
};

function row(name: string, samples: readonly number[], atMost?: number): Measurement[] {
  if (samples.length === 0) return [];
  return [{ name, samples, unit: 's', ...(atMost === undefined ? {} : { goal: { atMost } }) }];
}
