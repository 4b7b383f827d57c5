import type { Connection } from './connection.js';
import { findingRoom } from '../transport.js';
import { listOf, numberOf, optionalBytes } from './replies.js';

/** Payloads that were read, and how many of those that were wanted were looked at. */
export interface Payloads<T> {
  readonly found: readonly (readonly [T, Buffer])[];
  readonly looked: number;
}

/**
 * Payloads that are there and have at most `most` bytes each (one may have been thinned out meanwhile): in their order,
 * as far as `findingRoom` goes in all; one at least is looked at.
 */
export async function readPayloads<T extends { readonly key: string }>(
  connection: Pick<Connection, 'ask'>,
  wanted: readonly T[],
  most: number,
): Promise<Payloads<T>> {
  if (wanted.length === 0) return { found: [], looked: 0 };
  const lengths = (await connection.ask(wanted.map(({ key }) => ['STRLEN', key]))).map(numberOf);
  const fits = (index: number): boolean => (lengths[index] ?? 0) <= most;
  let bytes = 0;
  const end = wanted.findIndex((_, index) => fits(index) && (bytes += lengths[index] ?? 0) > findingRoom);
  const looked = end < 0 ? wanted.length : Math.max(1, end);
  const small = wanted.slice(0, looked).filter((_, index) => fits(index));
  if (small.length === 0) return { found: [], looked };
  const [values] = await connection.ask([['MGET', ...small.map(({ key }) => key)]], Math.max(0, bytes));
  const found = listOf(values).flatMap((value, index) => {
    const one = small[index];
    const payload = optionalBytes(value);
    return one === undefined || payload === undefined ? [] : [[one, payload] as const];
  });
  return { found, looked };
}
