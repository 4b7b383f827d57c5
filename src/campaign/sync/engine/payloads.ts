import type { Connection } from './connection.js';
import { listOf, numberOf, optionalBytes } from './replies.js';

/** What is there of payloads, and no larger than it may be: one may have been thinned out meanwhile. */
export async function readPayloads<T extends { readonly key: string }>(
  connection: Connection,
  wanted: readonly T[],
  most: number,
): Promise<[T, Buffer][]> {
  if (wanted.length === 0) return [];
  const lengths = await connection.ask(wanted.map(({ key }) => ['STRLEN', key]));
  const small = wanted.filter((_, index) => numberOf(lengths[index]) <= most);
  if (small.length === 0) return [];
  const [values] = await connection.ask([['MGET', ...small.map(({ key }) => key)]]);
  return listOf(values).flatMap((value, index) => {
    const one = small[index];
    const bytes = optionalBytes(value);
    return one === undefined || bytes === undefined ? [] : [[one, bytes] as [T, Buffer]];
  });
}
