import { describe, expect, it } from 'vitest';
import { ByteWriter, MalformedBytes } from '../../../src/util/bytes.js';
import { PackedReader, PackedWriter } from '../../../src/util/packed-bytes.js';

describe('packed bytes', () => {
  it('give back texts in any order, each written once', () => {
    const texts = ['Nat', '', '∀ α, 𝔽', 'Nat', 'x'.repeat(300), '\ufeffmark', 'Nat'];
    const out = new PackedWriter();
    const packed = Buffer.from(out.list(texts, (text) => out.string(text)).packed());
    const from = new PackedReader(packed);
    expect(from.list(() => from.string())).toEqual(texts);
    expect(from.left).toBe(0);
    expect(packed.toString('latin1').split('Nat')).toHaveLength(2);
  });

  it('refuse a table whose lengths are not those of its texts', () => {
    const table = (...lengths: number[]): Buffer => {
      const out = new ByteWriter().count(lengths.length);
      lengths.forEach((length) => out.count(length));
      return out.count(3).raw(Buffer.from('abc')).bytes();
    };
    expect(() => new PackedReader(table(1, 2))).not.toThrow();
    expect(() => new PackedReader(table(1, 1))).toThrow(MalformedBytes);
    expect(() => new PackedReader(table(1, 3))).toThrow(MalformedBytes);
  });

  it('refuse a number that no text has', () => {
    const from = new PackedReader(new PackedWriter().count(5).packed());
    expect(() => from.string()).toThrow('text 5 of 0');
  });
});
