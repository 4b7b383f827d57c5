import type { CampaignRecord, StatisticsPoint } from '../api/report.js';

/** The last stretch of a campaign, and what happened in it. */
export interface Recent {
  readonly seconds: number;
  readonly tests: number;
  /** Tests of each worker that was there at the end, by its number. */
  readonly byWorker: ReadonlyMap<number, number>;
}

/** The newest point of a campaign's statistics; undefined where it has none yet. */
export function newest({ statistics }: Pick<CampaignRecord, 'statistics'>): StatisticsPoint | undefined {
  return statistics.at(-1);
}

/** Tests in the last `seconds` of fuzzing, as near to that stretch as the points of the statistics are. */
export function recent({ statistics, workers }: CampaignRecord, seconds = 60): Recent {
  const end = statistics.at(-1);
  if (end === undefined) return { seconds: 0, tests: 0, byWorker: new Map() };
  const begin = statistics.findLast((point) => point.elapsedSeconds <= end.elapsedSeconds - seconds);
  const since = begin?.elapsedSeconds ?? 0;
  const atEnd = workers.filter((point) => point.elapsedSeconds === end.elapsedSeconds);
  const byWorker = new Map(
    atEnd.map(({ worker, tests }) => {
      const before = workers.find((point) => point.worker === worker && point.elapsedSeconds === since);
      // Where the campaign was resumed since, the worker's counts began anew.
      return [worker, tests - (before === undefined || before.tests > tests ? 0 : before.tests)] as const;
    }),
  );
  return { seconds: end.elapsedSeconds - since, tests: end.tests - (begin?.tests ?? 0), byWorker };
}

/** Seconds of fuzzing since something new was seen: a feature, a block of the kernel's code. */
export function secondsWithoutNews({ statistics }: Pick<CampaignRecord, 'statistics'>): number {
  const end = statistics.at(-1);
  if (end === undefined) return 0;
  const first = statistics.find(({ features, blocks }) => features === end.features && blocks === end.blocks);
  return end.elapsedSeconds - (first?.elapsedSeconds ?? 0);
}
