import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/api/candidate.js';
import { readCandidate, writeCandidate } from '../../../src/share/candidate-codec.js';
import { ByteReader, ByteWriter, MalformedBytes } from '../../../src/util/bytes.js';
import { candidate, unit } from '../../support/fakes.js';
import { kernelUnit } from '../../support/kernel-units.js';
import { theorem } from '../../support/terms.js';
import { constant } from '../../../src/ir/expr.js';

const full = candidate({
  level: 'kernel',
  lineage: {
    seed: Number.MAX_SAFE_INTEGER,
    run: 2 ** 40,
    parents: ['ab', 'cd'],
    mutators: ['splice'],
    categories: ['ordinary', 'mutual-nested'],
  },
  units: [unit({ text: 'theorem ∀', uses: ['f', 'T.«a b»'] }), kernelUnit(theorem(constant('x')))],
});

function bytesOf(value: Candidate): Buffer {
  const out = new ByteWriter();
  writeCandidate(out, value);
  return out.bytes();
}

describe('candidate codec', () => {
  it('gives back what was written, to the last field', () => {
    expect(readCandidate(new ByteReader(bytesOf(full)))).toEqual(full);
    expect(readCandidate(new ByteReader(bytesOf(candidate({ units: [] }))))).toEqual(
      candidate({ units: [] }),
    );
  });

  it('refuses bytes that were cut anywhere', () => {
    const bytes = bytesOf(full);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readCandidate(new ByteReader(bytes.subarray(0, length)))).toThrow(MalformedBytes);
    }
  });

  it('refuses a level that there is not', () => {
    const bytes = Buffer.from(bytesOf(full));
    bytes.write('kernex', bytes.indexOf('kernel'));
    expect(() => readCandidate(new ByteReader(bytes))).toThrow('level "kernex"');
  });
});
