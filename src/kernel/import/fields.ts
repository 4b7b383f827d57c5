import { malformed } from './problem.js';

/** An object of a line, whose fields are asked for one by one. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(`${what}: got ${shown(value)}, expected an object`);
  return value as Fields;
}

/** Refuses keys that the format does not have, and names those that are lacking. */
export function expectKeys(
  fields: Fields,
  what: string,
  keys: readonly string[],
  optional: readonly string[] = [],
): void {
  for (const key of keys) if (!Object.hasOwn(fields, key)) throw malformed(`${what}: lacks ${shown(key)}`);
  for (const key of Object.keys(fields))
    if (!keys.includes(key) && !optional.includes(key))
      throw malformed(`${what}: has an unknown field ${shown(key)}`);
}

/** A whole number from 0 on that JSON carries without loss. */
export function numberIn(fields: Fields, key: string, what: string): number {
  const value = fields[key];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw malformed(`${what}, ${key}: got ${shown(value)}, expected a whole number from 0 to 2^53 - 1`);
}

export function numbersIn(fields: Fields, key: string, what: string): number[] {
  return listIn(fields, key, what).map((value) => numberIn({ [key]: value }, key, what));
}

export function booleanIn(fields: Fields, key: string, what: string): boolean {
  const value = fields[key];
  if (typeof value === 'boolean') return value;
  throw malformed(`${what}, ${key}: got ${shown(value)}, expected true or false`);
}

/** Text without halves of surrogate pairs, which is no Unicode. */
export function textIn(fields: Fields, key: string, what: string): string {
  const value = fields[key];
  if (typeof value !== 'string') throw malformed(`${what}, ${key}: got ${shown(value)}, expected a text`);
  if (/\p{Surrogate}/u.test(value)) throw malformed(`${what}, ${key}: no Unicode text`);
  return value;
}

export function listIn(fields: Fields, key: string, what: string): readonly unknown[] {
  const value = fields[key];
  if (Array.isArray(value)) return value as unknown[];
  throw malformed(`${what}, ${key}: got ${shown(value)}, expected a list`);
}

/** One of some words. */
export function wordIn<W extends string>(fields: Fields, key: string, what: string, words: readonly W[]): W {
  const value = words.find((word) => word === fields[key]);
  if (value !== undefined) return value;
  throw malformed(`${what}, ${key}: got ${shown(fields[key])}, expected ${words.join(', ')}`);
}

/** A value of a file in a message: short, and on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return shortened(typeof value === 'number' ? String(value) : JSON.stringify(value));
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
