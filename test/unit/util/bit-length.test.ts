import { expect, it } from 'vitest';
import { bitLength } from '../../../src/util/bit-length.js';

it.each([0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 4096, 5000, 1_000_003, 1 << 24])(
  'counts %i bits',
  (bits) => {
    expect(bitLength(bits === 0 ? 0n : 1n << BigInt(bits - 1))).toBe(bits);
    expect(bitLength((1n << BigInt(bits)) - 1n)).toBe(bits);
  },
);
