import type Database from 'better-sqlite3';
import type { LeanLimits } from '../api/lean.js';
import type { FindingContext } from './finding-files.js';

/** The key of a campaign's value that has what bounds its Lean, as JSON. */
export const limitsKey = 'limits';

/** Whether something that was read is what bounds a Lean. */
export function isLimits(value: unknown): value is LeanLimits {
  const { natMaxBytes, ...others } = Object(value) as Record<keyof LeanLimits, unknown>;
  const { kernelHeartbeats, maxHeartbeats, maxRecDepth, stackBytes, memoryMiB } = others;
  const needed = [kernelHeartbeats, maxHeartbeats, maxRecDepth, stackBytes, memoryMiB];
  return needed.every(isCount) && (natMaxBytes === undefined || isCount(natMaxBytes));
}

/** Whether something that was read is a number of things. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Limits of a campaign's candidates, as far as its database says them. */
export function storedLimits(db: Database.Database): Pick<FindingContext, 'limits' | 'jobMillis'> {
  const value = (key: string): unknown => {
    const row = db.prepare('SELECT value FROM campaign WHERE key = ?').get(key) as
      { value: string } | undefined;
    try {
      return JSON.parse(row?.value ?? 'null');
    } catch {
      return null;
    }
  };
  const limits = value(limitsKey);
  const { jobMillis } = Object(value('options')) as Record<string, unknown>;
  return {
    ...(isLimits(limits) ? { limits } : {}),
    ...(isCount(jobMillis) ? { jobMillis } : {}),
  };
}
