import { pairsOf, listOf, numberOf, textOf } from './replies.js';
import type { Connection } from './connection.js';
import type { Keys } from './keys.js';
import { entriesToDrop, type KeptEntry } from './thin-out.js';

/** Milliseconds after which another machine may thin out the entries, and entries that are dropped at once. */
const tidyMillis = 60_000;
const droppedAtOnce = 256;

export const entryId = /^[0-9a-f]{16}$/;

/** An entry that others have announced. */
export interface Announced extends KeptEntry {
  readonly machine: string;
  readonly level: string;
  readonly kernel: string;
}

/** An entry as the hash of those that are kept says it. */
export function keptValue({ bytes, level, kernel, machine }: Omit<Announced, 'id'>): string {
  return `${bytes} ${level} ${kernel} ${machine}`;
}

/** All entries that are kept for machines that come late. */
export async function readKept(connection: Connection, keys: Keys): Promise<Announced[]> {
  const kept: Announced[] = [];
  for (let cursor = '0'; ;) {
    const [reply] = await connection.ask([['HSCAN', keys.kept, cursor, 'COUNT', '1000']]);
    const [next, pairs] = listOf(reply);
    for (const [id, value] of pairsOf(pairs)) {
      const [bytes = '', level = '', kernel = '', machine = ''] = value.toString('utf8').split(' ');
      if (entryId.test(id)) kept.push({ id, level, kernel, machine, bytes: Number(bytes) || 0 });
    }
    cursor = textOf(next);
    if (cursor === '0') return kept;
  }
}

/** Thins out the entries that are kept, where they are more than `maxBytes`; one machine at a time does. */
export async function tidyKept(
  connection: Connection,
  keys: Keys,
  own: string,
  maxBytes: number,
  featuresOf: (id: string) => Uint32Array | undefined,
): Promise<void> {
  const [bytes] = await connection.ask([['GET', keys.keptBytes]]);
  if (numberOf(bytes) <= maxBytes) return;
  const [taken] = await connection.ask([['SET', keys.tidying, own, 'NX', 'PX', String(tidyMillis)]]);
  if (taken === null) return;
  const kept = await readKept(connection, keys);
  const dropped = entriesToDrop(kept, featuresOf, maxBytes);
  for (let from = 0; from < dropped.length; from += droppedAtOnce) {
    const ids = dropped.slice(from, from + droppedAtOnce).map(({ id }) => id);
    await connection.together([
      ['HDEL', keys.kept, ...ids],
      ['DEL', ...ids.map((id) => keys.entry(id))],
    ]);
  }
  // Counted anew: an entry that two machines announced was counted twice.
  const gone = new Set<KeptEntry>(dropped);
  const left = kept.filter((one) => !gone.has(one)).reduce((sum, one) => sum + one.bytes, 0);
  await connection.ask([
    ['SET', keys.keptBytes, String(left)],
    ['DEL', keys.tidying],
  ]);
}
