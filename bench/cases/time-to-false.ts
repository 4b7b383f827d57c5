import { runCampaign } from '../campaign.js';
import type { BenchCase, Measurement } from '../case.js';

/** A campaign that has found nothing after so many seconds counts as one without. */
const limitSeconds = 180;

/** Seconds until a campaign from an empty corpus has its first lead, and its first audited proof of False. */
export const timeToFalse: BenchCase = {
  name: 'time-to-false',
  about:
    'seconds to the first lead and the first proof of False, over ten seeds, and to each class in one long campaign',
  slow: true,
  async run({ quick, minutes, note }) {
    const firsts: Firsts[] = [];
    for (let seed = 1; seed <= (quick ? 3 : 10); seed++) {
      note(`seed ${seed}, at most ${limitSeconds} s`);
      const found = await hunt(seed, limitSeconds, ['--stop-on-solution']);
      firsts.push(found);
      note(`False after ${found.proof ?? '-'} s: ${[...found.classes.keys()].join(', ')}`);
    }
    note(`one campaign of ${minutes} minutes`);
    const long = await hunt(1, minutes * 60, []);
    return [
      ...row('first lead', present(firsts.map(({ lead }) => lead))),
      ...row('first proof of False', present(firsts.map(({ proof }) => proof)), 60),
      {
        name: 'seeds without one',
        samples: [firsts.filter(({ proof }) => proof === undefined).length],
        unit: 'count',
      },
      {
        name: 'classes in the long campaign',
        samples: [long.classes.size],
        unit: 'count',
        goal: { atLeast: 2 },
      },
      ...[...long.classes].flatMap(([signature, at]) => row(signature, [at])),
    ];
  },
};

/** When a campaign had its first lead, its first proof, and the first proof of each signature, in its own seconds. */
interface Firsts {
  readonly lead: number | undefined;
  readonly proof: number | undefined;
  readonly classes: ReadonlyMap<string, number>;
}

async function hunt(seed: number, seconds: number, more: readonly string[]): Promise<Firsts> {
  let lead: number | undefined;
  let now = 0;
  const classes = new Map<string, number>();
  const args = [
    '--level',
    'kernel',
    '--cores',
    '2',
    '--time',
    `${seconds}s`,
    '--seed',
    String(seed),
    ...more,
  ];
  await runCampaign(args, {
    status: ({ elapsedSeconds }) => (now = elapsedSeconds),
    finding: ({ kind, signature }) => {
      // A proof that was found right behind its lead takes the lead's place.
      lead ??= now;
      if (kind === 'solution' && !classes.has(signature)) classes.set(signature, now);
    },
  });
  return { lead, proof: [...classes.values()][0], classes };
}

function present(samples: readonly (number | undefined)[]): number[] {
  return samples.filter((sample) => sample !== undefined);
}

function row(name: string, samples: readonly number[], atMost?: number): Measurement[] {
  if (samples.length === 0) return [];
  return [{ name, samples, unit: 's', ...(atMost === undefined ? {} : { goal: { atMost } }) }];
}
