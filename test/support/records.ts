import type { CampaignRecord, FindingRow, StatisticsPoint } from '../../src/api/report.js';
import type { Yield } from '../../src/api/yields.js';
import { embedded } from './leans.js';

/** The campaign at a time, growing evenly. */
export function point(elapsedSeconds: number, parts: Partial<StatisticsPoint> = {}): StatisticsPoint {
  return {
    elapsedSeconds,
    tests: 20 * elapsedSeconds,
    candidates: 10 * elapsedSeconds,
    declarations: 5 * elapsedSeconds,
    declarationsAccepted: 4 * elapsedSeconds,
    corpus: 2 * elapsedSeconds,
    features: 3 * elapsedSeconds,
    blocks: 0,
    leads: 0,
    solutions: 0,
    restarts: 1,
    timeouts: 1,
    crashes: 2,
    outOfMemory: 3,
    dropped: 0,
    shareInsideLean: 0.8,
    shareJudging: 0.05,
    ...parts,
  };
}

export function yieldOf(parts: Partial<Yield> = {}): Yield {
  return {
    level: 'source',
    kind: 'mutator',
    name: 'fresh',
    candidates: 4,
    newFeatures: 2,
    interesting: 1,
    leads: 0,
    solutions: 0,
    ...parts,
  };
}

export function findingRow(parts: Partial<FindingRow> = {}): FindingRow {
  return { ...unwrittenRow(), folder: '/c/leads/lead-00aa', ...parts };
}

/** One that was not written. */
export function unwrittenRow(parts: Omit<Partial<FindingRow>, 'folder'> = {}): FindingRow {
  return {
    kind: 'lead',
    signature: 'accepted opaque: a <loose> variable | "x"',
    id: '00aa',
    reason: 'accepted, though our own checker says: no',
    times: 12,
    size: 345,
    elapsedSeconds: 61,
    ...parts,
  };
}

/** A campaign of two workers, resumed once. */
export function record(parts: Partial<CampaignRecord> = {}): CampaignRecord {
  return {
    folder: '/c',
    seed: 7,
    lean: embedded,
    packageVersion: '0.1.0',
    elapsedSeconds: 30,
    statistics: [point(0), point(10), point(20), point(30)],
    workers: [10, 20, 30].flatMap((elapsedSeconds) =>
      [0, 1].map((worker) => ({
        elapsedSeconds,
        worker,
        tests: elapsedSeconds === 30 ? 50 : elapsedSeconds * (worker + 1) * 10,
      })),
    ),
    errors: { 'judge TypeError': 3 },
    canaries: { asked: 12, wrong: 1 },
    machines: [],
    yields: [
      yieldOf({ level: 'kernel', name: 'drop', newFeatures: 5 }),
      yieldOf({ name: 'regrow', newFeatures: 50 }),
      yieldOf({ kind: 'category', name: 'universes', newFeatures: 7 }),
    ],
    blocks: [],
    options: { level: 'kernel', depth: 15 },
    details: {
      '00aa': { text: 'def <f> := 1\ntheorem t', run: 12, parents: ['p'], mutators: ['regrow'] },
    },
    findings: [
      findingRow({ kind: 'solution', signature: 'solution x', folder: "/c/it's/solution-1" }),
      findingRow(),
      findingRow({ signature: 'accepted definition: y', known: '#14613' }),
    ],
    ...parts,
  };
}
