import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src/api/execution.js';
import {
  contentId,
  decodeEntry,
  decodeFinding,
  encodeEntry,
  encodeFinding,
} from '../../../src/share/entry-codec.js';
import { MalformedBytes } from '../../../src/util/bytes.js';
import { candidate, claim, entry, finding, leadVerdict, unit } from '../../support/fakes.js';
import { kernelUnit } from '../../support/kernel-units.js';
import { theorem } from '../../support/terms.js';
import { constant } from '../../../src/ir/expr.js';

const kernelClaim: Claim = {
  name: 'replay',
  constant: 'x',
  step: { kind: 'declaration', words: Uint32Array.of(9, 8, 7) },
};

describe('entries and findings', () => {
  it('come back as they were', () => {
    expect(decodeEntry(encodeEntry(entry()))).toEqual(entry());
    expect(decodeFinding(encodeFinding(finding()))).toEqual(finding());
    const lead = finding({ verdict: leadVerdict({ suspect: 3, claim: 'decide' }) });
    expect(decodeFinding(encodeFinding(lead))).toEqual(lead);
  });

  it.each([
    ['none', undefined],
    ['of text', claim],
    ['of a whole file', { ...claim, step: { kind: 'file', text: 'import Init' } } satisfies Claim],
    ['of a declaration', kernelClaim],
  ])('findings keep their claim: %s', (_, kept) => {
    expect(decodeFinding(encodeFinding(finding({ claim: kept }))).claim).toEqual(kept);
  });

  it('are refused where their bytes were cut anywhere', () => {
    const [entryBytes, findingBytes] = [encodeEntry(entry()), encodeFinding(finding())];
    for (let length = 0; length < entryBytes.length; length++) {
      expect(() => decodeEntry(entryBytes.subarray(0, length))).toThrow(MalformedBytes);
    }
    for (let length = 0; length < findingBytes.length; length++) {
      expect(() => decodeFinding(findingBytes.subarray(0, length))).toThrow(MalformedBytes);
    }
  });
});

describe('contentId', () => {
  const base = candidate({ units: [unit({ text: 'a' }), unit({ text: 'b' })] });

  it('is 16 hexadecimal digits that depend on the units alone', () => {
    expect(contentId(base)).toMatch(/^[0-9a-f]{16}$/);
    const elsewhere = {
      ...base,
      lineage: { seed: 1, run: 99, parents: ['x'], mutators: ['drop'], categories: [] },
    };
    expect(contentId(elsewhere)).toBe(contentId(base));
  });

  it.each([
    ['another text', candidate({ units: [unit({ text: 'a' }), unit({ text: 'c' })] })],
    ['another order', candidate({ units: [unit({ text: 'b' }), unit({ text: 'a' })] })],
    ['the texts as one unit', candidate({ units: [unit({ text: 'ab' })] })],
    ['another level', { ...base, level: 'kernel' as const }],
    ['words', candidate({ units: [kernelUnit(theorem(constant('x'))), unit({ text: 'b' })] })],
  ])('differs for %s', (_, other) => {
    expect(contentId(other)).not.toBe(contentId(base));
  });
});
