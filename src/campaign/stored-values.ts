import type { CampaignDatabase } from '../store/database.js';
import { unusable } from '../util/errors.js';

/** Values of a campaign that are numbers, and those that are counts by name. */
const numberKeys = ['seed', 'elapsedSeconds', 'nextRun', 'unlooked'] as const;
const countKeys = ['totals', 'checks', 'errors'] as const;

/** A number that an earlier run stored; `absent` where none did. UserError (78) that names what is no such number. */
export function storedNumber(
  database: CampaignDatabase,
  key: (typeof numberKeys)[number],
  absent: number,
): number {
  const text = database.getValue(key);
  if (text === undefined) return absent;
  const value = numberIn(text);
  if (value !== undefined) return value;
  throw unusable(`"${key}" of the campaign's database`, text, 'a number that is not negative');
}

/** Counts by name that an earlier run stored as JSON; none where it did not. UserError (78) as above. */
export function storedCounts(
  database: CampaignDatabase,
  key: (typeof countKeys)[number],
): Record<string, number> {
  const text = database.getValue(key);
  if (text === undefined) return {};
  const counts = countsIn(text);
  if (counts !== undefined) return { ...counts };
  throw unusable(`"${key}" of the campaign's database`, text, 'counts by name');
}

/** Whether a stored value is what its key says; of keys that are not known here nobody knows. */
export function isStoredValue(key: string, text: string): boolean {
  if (numberKeys.some((known) => known === key)) return numberIn(text) !== undefined;
  return !countKeys.some((known) => known === key) || countsIn(text) !== undefined;
}

function numberIn(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}

function countsIn(text: string): Record<string, number> | undefined {
  const value = parse(text);
  const isCount = (count: unknown): boolean =>
    typeof count === 'number' && count >= 0 && count <= Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.values(value).every(isCount) ? (value as Record<string, number>) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by the caller, who knows what was expected
  }
}
