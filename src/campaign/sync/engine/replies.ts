import { TransportTrouble } from '../transport.js';

/** An engine's answers, which may be anybody's: each reader throws TransportTrouble where one is of another kind. */

/** An item of a stream. */
export interface StreamItem {
  readonly id: string;
  readonly fields: ReadonlyMap<string, Buffer>;
}

export function textOf(reply: unknown): string {
  if (Buffer.isBuffer(reply)) return reply.toString('utf8');
  if (typeof reply === 'string') return reply;
  throw odd(reply, 'a text');
}

export function optionalText(reply: unknown): string | undefined {
  return reply === null ? undefined : textOf(reply);
}

export function optionalBytes(reply: unknown): Buffer | undefined {
  if (reply === null) return undefined;
  if (Buffer.isBuffer(reply)) return reply;
  throw odd(reply, 'bytes');
}

export function numberOf(reply: unknown): number {
  const value = typeof reply === 'number' ? reply : Number(textOf(reply ?? '0'));
  if (Number.isSafeInteger(value)) return value;
  throw odd(reply, 'a number');
}

export function listOf(reply: unknown): readonly unknown[] {
  if (Array.isArray(reply)) return reply as readonly unknown[];
  throw odd(reply, 'a list');
}

/** Names and values that stand one behind the other. */
export function pairsOf(reply: unknown): Map<string, Buffer> {
  const list = listOf(reply);
  const pairs = new Map<string, Buffer>();
  for (let at = 0; at + 1 < list.length; at += 2)
    pairs.set(textOf(list[at]), optionalBytes(list[at + 1]) ?? Buffer.alloc(0));
  return pairs;
}

/** The items of each stream that has any, by its key. */
export function streamsOf(reply: unknown): Map<string, StreamItem[]> {
  if (reply === null) return new Map();
  return new Map(
    listOf(reply).map((stream) => {
      const [key, items] = listOf(stream);
      return [textOf(key), itemsOf(items)];
    }),
  );
}

export function itemsOf(reply: unknown): StreamItem[] {
  return listOf(reply).map((item) => {
    const [id, fields] = listOf(item);
    const name = textOf(id);
    if (!/^\d{1,20}-\d{1,20}$/.test(name)) throw odd(name, 'the id of an item');
    return { id: name, fields: fields === null ? new Map<string, Buffer>() : pairsOf(fields) };
  });
}

function odd(reply: unknown, expected: string): TransportTrouble {
  const got = Buffer.isBuffer(reply) ? 'bytes' : Array.isArray(reply) ? 'a list' : String(reply);
  return new TransportTrouble(`${expected} for an answer, got ${got.slice(0, 80)}`);
}
