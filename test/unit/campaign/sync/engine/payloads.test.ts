import { describe, expect, it } from 'vitest';
import type { Command, Connection } from '../../../../../src/campaign/sync/engine/connection.js';
import { readPayloads } from '../../../../../src/campaign/sync/engine/payloads.js';

const mebibyte = 1 << 20;

/** An engine that has payloads of some sizes, and notes what it was asked for. */
function engineWith(sizes: Readonly<Record<string, number>>): {
  connection: Pick<Connection, 'ask'>;
  read: string[];
} {
  const read: string[] = [];
  const answer = ([name, ...keys]: Command): unknown => {
    const named = keys.map(String);
    if (name === 'STRLEN') return sizes[named[0] ?? ''] ?? 0;
    read.push(...named);
    return named.map((key) => (sizes[key] === undefined ? null : Buffer.alloc(1)));
  };
  const ask = (commands: readonly Command[]): Promise<unknown[]> => Promise.resolve(commands.map(answer));
  return { connection: { ask }, read };
}

const wanted = (...keys: string[]): { key: string }[] => keys.map((key) => ({ key }));

describe('readPayloads', () => {
  it('reads what is there and no larger than it may be', async () => {
    const { connection, read } = engineWith({ a: 10, b: 5 * mebibyte, d: 20 });
    const { found, looked } = await readPayloads(connection, wanted('a', 'b', 'c', 'd'), mebibyte);
    expect(found.map(([{ key }]) => key)).toEqual(['a', 'd']);
    expect([read, looked]).toEqual([['a', 'c', 'd'], 4]);
  });

  it('reads so many at once as there is room for, and one at least', async () => {
    const sizes = { a: 15 * mebibyte, b: 15 * mebibyte, c: 15 * mebibyte, d: 1 };
    const some = engineWith(sizes);
    const first = await readPayloads(some.connection, wanted('a', 'b', 'c', 'd'), 16 * mebibyte);
    expect([some.read, first.looked]).toEqual([['a', 'b'], 2]);
    const one = engineWith({ a: 40 * mebibyte });
    expect(await readPayloads(one.connection, wanted('a'), 64 * mebibyte)).toMatchObject({ looked: 1 });
    expect(one.read).toEqual(['a']);
  });
});
