import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, MalformedBytes } from '../../../src/util/bytes.js';

function everything(): ByteWriter {
  const out = new ByteWriter(1);
  out
    .u8(255)
    .u32(0xffffffff)
    .f64(-0.1)
    .string('∀ α, 𝔽')
    .string('')
    .hex('00ff9a', 6)
    .block(Uint8Array.of(1, 2, 3));
  return out.words([0, 1, 0xfffffffe]).list(['a', 'bc'], (text) => out.string(text));
}

function readAll(from: ByteReader): unknown[] {
  return [
    from.u8(),
    from.u32(),
    from.f64(),
    from.string(),
    from.string(),
    from.hex(6),
    [...from.block()],
    [...from.words()],
    from.list(() => from.string()),
  ];
}

describe('ByteWriter and ByteReader', () => {
  it('read back what was written', () => {
    const from = new ByteReader(everything().bytes());
    expect(readAll(from)).toEqual([
      255,
      0xffffffff,
      -0.1,
      '∀ α, 𝔽',
      '',
      '00ff9a',
      [1, 2, 3],
      [0, 1, 0xfffffffe],
      ['a', 'bc'],
    ]);
    expect(from.left).toBe(0);
  });

  it('read from a view that does not begin at its buffer', () => {
    const bytes = everything().bytes();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readAll(new ByteReader(shifted.subarray(3)))).toEqual(readAll(new ByteReader(bytes)));
  });

  it('refuse bytes that were cut anywhere', () => {
    const bytes = everything().bytes();
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readAll(new ByteReader(bytes.subarray(0, length))), `${length} bytes`).toThrow(
        MalformedBytes,
      );
    }
  });

  it('refuse to write digits that are none, or too few', () => {
    expect(() => new ByteWriter().hex('0g', 2)).toThrow('hexadecimal digits');
    expect(() => new ByteWriter().hex('00', 4)).toThrow('hexadecimal digits');
  });

  it('starts anew after clear', () => {
    const out = new ByteWriter(4).u32(1).clear().u8(9);
    expect([...out.bytes()]).toEqual([9]);
    expect(out.length).toBe(1);
  });
});

describe('ByteReader on hostile lengths', () => {
  const huge = new ByteWriter().u32(0xffffffff).u32(0).bytes();

  it.each([
    ['a string', (from: ByteReader) => from.string()],
    ['a block', (from: ByteReader) => from.block()],
    ['words', (from: ByteReader) => from.words()],
    ['a list', (from: ByteReader) => from.list(() => from.u8())],
  ])('refuses %s longer than what is left, without allocating it', (_, read) => {
    expect(() => read(new ByteReader(huge))).toThrow(MalformedBytes);
  });

  it('says where it wanted how much', () => {
    expect(() => new ByteReader(Uint8Array.of(1)).u32()).toThrow('4 bytes wanted at 0, 1 left');
  });
});
