import type { CampaignDatabase } from '../store/database.js';
import { unusable } from '../util/errors.js';

/** A number that an earlier run stored; `absent` where none did. UserError (78) that names what is no such number. */
export function storedNumber(database: CampaignDatabase, key: string, absent: number): number {
  const text = database.getValue(key);
  if (text === undefined) return absent;
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw unusable(`"${key}" of the campaign's database`, text, 'a number that is not negative');
}

/** Counts by name that an earlier run stored as JSON; none where it did not. UserError (78) as above. */
export function storedCounts(database: CampaignDatabase, key: string): Record<string, number> {
  const text = database.getValue(key);
  if (text === undefined) return {};
  const value = parse(text);
  const isCount = (count: unknown): boolean =>
    typeof count === 'number' && count >= 0 && count <= Number.MAX_SAFE_INTEGER;
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    !Object.values(value).every(isCount)
  )
    throw unusable(`"${key}" of the campaign's database`, text, 'counts by name');
  return { ...(value as Record<string, number>) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by the caller, who knows what was expected
  }
}
