import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src/api/execution.js';
import {
  contentId,
  decodeEntry,
  decodeFinding,
  decodeHead,
  encodeCandidate,
  encodeEntry,
  encodeFinding,
  withHead,
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

describe('the head of an entry', () => {
  const whole = entry({ features: Uint32Array.of(7, 2 ** 32 - 1), blocks: Uint32Array.of(3, 900) });
  const bytes = encodeEntry(whole);

  it('is read without its candidate', () => {
    const head = decodeHead(bytes);
    expect({ ...head, candidate: whole.candidate }).toEqual(whole);
    const damaged = Buffer.from(bytes);
    damaged.fill(255, bytes.length - encodeCandidate(whole.candidate).length);
    expect(decodeHead(damaged)).toEqual(head);
    expect(() => decodeEntry(damaged)).toThrow(MalformedBytes);
  });

  it('is replaced without its candidate', () => {
    const other = { ...whole, worker: 9, features: new Uint32Array(0), blocks: Uint32Array.of(8) };
    expect(decodeEntry(withHead(bytes, other))).toEqual(other);
    expect(withHead(bytes, whole)).toEqual(bytes);
  });

  it('ends where it says', () => {
    const longer = Buffer.concat([bytes.subarray(0, 4), Buffer.from([0]), bytes.subarray(4)]);
    longer.writeUInt32LE(bytes.readUInt32LE(0) + 1, 0);
    expect(() => decodeHead(longer)).toThrow(MalformedBytes);
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
