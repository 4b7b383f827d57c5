import { z } from 'zod';
import type { OpinionCounts } from '../api/opinion.js';
import { unusable } from '../util/errors.js';

/** Where a campaign's values are read from. */
export interface StoredValues {
  getValue(key: string): string | undefined;
}

const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const counts = z.record(z.string(), count);
const opinions = z.object({
  ...{ asked: count, notAsked: count, different: count },
  verdicts: z.array(
    z.object({ declaration: z.string(), by: z.string(), accepts: count, refuses: count, noAnswer: count }),
  ),
});

const aNumber = { expected: 'a number that is not negative', isJson: false, form: count } as const;
const someCounts = { expected: 'counts by name', isJson: true, form: counts } as const;

/** The values that are numbers or JSON: anybody may have written them, and nothing of them is believed. */
const values = {
  ...{ seed: aNumber, elapsedSeconds: aNumber, nextRun: aNumber, unlooked: aNumber },
  ...{ totals: someCounts, checks: someCounts, errors: someCounts },
  opinions: { expected: 'counts of questions and answers', isJson: true, form: opinions },
  options: { expected: 'options by name', isJson: true, form: z.record(z.string(), z.unknown()) },
} as const;
type Key = keyof typeof values;
type KeyOf<Value> = { [K in Key]: (typeof values)[K] extends Value ? K : never }[Key];

/** A number that an earlier run stored; `absent` where none did. UserError (78) that names what is no such number. */
export function storedNumber(database: StoredValues, key: KeyOf<typeof aNumber>, absent: number): number {
  return read(database, key) ?? absent;
}

/** Counts by name that an earlier run stored; none where it did not. UserError (78) as above. */
export function storedCounts(database: StoredValues, key: KeyOf<typeof someCounts>): Record<string, number> {
  return read(database, key) ?? {};
}

/** The questions to others that earlier runs asked; undefined where they asked none. UserError (78) as above. */
export function storedOpinions(database: StoredValues): OpinionCounts | undefined {
  return read(database, 'opinions');
}

/** The options of an earlier run by their names, their values as they are. UserError (78) as above. */
export function storedOptions(database: StoredValues): Record<string, unknown> {
  return read(database, 'options') ?? {};
}

/** Whether a stored value is what its key says; of keys that are not known here nobody knows. */
export function isStoredValue(key: string, text: string): boolean {
  return !Object.hasOwn(values, key) || parsed(key as Key, text) !== undefined;
}

function read<K extends Key>(
  database: StoredValues,
  key: K,
): z.infer<(typeof values)[K]['form']> | undefined {
  const text = database.getValue(key);
  if (text === undefined) return undefined;
  const value = parsed(key, text);
  if (value !== undefined) return value;
  const way = 'lean-fuzz repair leaves it out';
  throw unusable(`"${key}" of the campaign's database`, text, `${values[key].expected} (${way})`);
}

function parsed<K extends Key>(key: K, text: string): z.infer<(typeof values)[K]['form']> | undefined {
  const { isJson, form } = values[key];
  const result = form.safeParse(isJson ? json(text) : text.trim() === '' ? undefined : Number(text));
  return result.success ? (result.data as z.infer<(typeof values)[K]['form']>) : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by the caller, who knows what was expected
  }
}
