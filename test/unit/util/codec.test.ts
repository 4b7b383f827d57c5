import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, MalformedBytes } from '../../../src/util/bytes.js';
import {
  among,
  bits,
  both,
  count,
  f64,
  flag,
  list,
  numbers,
  oneOf,
  optional,
  struct,
  text,
  u32,
  variant,
  words,
  type Codec,
} from '../../../src/util/codec.js';

type Shape =
  | { readonly kind: 'point' }
  | { readonly kind: 'circle'; readonly radius: number }
  | { readonly kind: 'label'; readonly text: string; readonly note?: string | undefined };

const shape: Codec<Shape> = variant('kind', {
  point: struct({}),
  circle: struct({ radius: f64 }),
  label: struct({ text, note: optional(text) }),
});

function again<T>(codec: Codec<T>, value: T): T {
  const out = new ByteWriter();
  codec.write(out, value);
  const from = new ByteReader(out.bytes());
  const back = codec.read(from);
  expect(from.left).toBe(0);
  return back;
}

describe('codecs', () => {
  it('read back what they wrote', () => {
    const all = struct({ shapes: list(shape), is: flag, none: optional(u32), some: optional(u32), words });
    const value = {
      shapes: [{ kind: 'circle', radius: 0.1 }, { kind: 'point' }, { kind: 'label', text: '∀', note: 'n' }],
      ...{ is: true, none: undefined, some: 7, words: Uint32Array.of(1, 0xffffffff) },
    } as const;
    expect(again(all, value)).toEqual(value);
  });

  it('write flags into one byte, and join the parts of objects', () => {
    const flags = bits<{ readonly is: boolean; readonly was?: boolean }>('flags', ['is', 'was']);
    expect(again(flags, { is: false, was: true })).toEqual({ is: false, was: true });
    expect(again(flags, { is: true })).toEqual({ is: true, was: false });
    const joined = both(struct({ text, numbers }), flags);
    const value = { text: 'a', numbers: [1, 2 ** 32 - 1], is: true, was: true };
    expect(again(joined, value)).toEqual(value);
  });

  it('leave out what is undefined', () => {
    expect(Object.keys(again(shape, { kind: 'label', text: 'a' }))).toEqual(['kind', 'text']);
  });

  it.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 - 1])('write %i in as few bytes as it needs', (value) => {
    expect(again(count, value)).toBe(value);
    const bits = Math.max(1, Math.ceil(Math.log2(value + 1)));
    expect(new ByteWriter().count(value).length).toBe(Math.ceil(bits / 7));
  });

  it.each<[string, Codec<unknown>, number[], string]>([
    ['a member that there is not', shape, [3], 'kind 3 of 3'],
    ['a text that there is not', oneOf('level', ['a', 'b']), [2], 'level 2 of 2'],
    ['a flag that is none', flag, [2], 'flag 2'],
    [
      'more flags than there are',
      bits<{ is: boolean; was: boolean }>('flags', ['is', 'was']),
      [4],
      'flags: 4, expected 2 bits',
    ],
    ['what is not among the given ones', among('digit', u32, [3, 4]), [5, 0, 0, 0], 'digit: 5'],
    ['a number of more than 32 bits', count, [255, 255, 255, 255, 16], 'more than 32 bits'],
    ['a number that does not end', count, [128], 'wanted'],
    ['a list that is longer than its bytes', list(text), [255, 0, 0, 0], 'a list of 255 items'],
  ])('refuse %s', (_, codec, bytes, message) => {
    const reading = (): unknown => codec.read(new ByteReader(Uint8Array.from(bytes)));
    expect(reading).toThrow(MalformedBytes);
    expect(reading).toThrow(message);
  });
});
