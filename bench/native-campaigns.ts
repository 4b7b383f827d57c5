import { runCampaign } from './campaign.js';
import type { Measurement } from './case.js';

/** Campaigns on a native Lean as users run them: what is generated, executed, compared with our kernel, and shared. */
export async function nativeCampaigns(
  folder: string,
  quick: boolean,
  note: (text: string) => void,
): Promise<Measurement[]> {
  const kernel = new Map<number, number[]>([
    [1, []],
    [2, []],
  ]);
  const source: number[] = [];
  const time = quick ? '10s' : '30s';
  for (let round = 1; round <= (quick ? 1 : 3); round++) {
    const run = async (level: string, cores: number): ReturnType<typeof runCampaign> => {
      note(`a campaign at ${level} level on ${cores} cores, round ${round}`);
      const args = ['--lean', folder, '--level', level, '--cores', cores, '--time', time, '--seed', round];
      return runCampaign(args.map(String));
    };
    for (const [cores, rates] of kernel) {
      const { tests, declarations, elapsedSeconds } = (await run('kernel', cores)).summary;
      rates.push((tests + declarations) / elapsedSeconds);
    }
    source.push((await run('source', 1)).summary.testsPerMinute);
  }
  const campaign = (cores: number, goal: number): Measurement => ({
    name: `campaign, declarations and questions, ${cores} workers`,
    samples: kernel.get(cores) ?? [],
    unit: '1/s',
    goal: { atLeast: goal },
  });
  return [
    campaign(1, 7000),
    campaign(2, 9000),
    { name: 'campaign, source level, 1 worker', samples: source, unit: '1/min', goal: { atLeast: 8000 } },
  ];
}
