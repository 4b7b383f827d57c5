import { describe, expect, it } from 'vitest';
import { TakeIn } from '../../../../src/campaign/sync/take-in.js';
import { decodeEntry, encodeEntry } from '../../../../src/share/entry-codec.js';
import { encodeSharedFinding } from '../../../../src/share/shared-finding.js';
import { candidate, finding } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { smallRegion } from '../../../support/regions.js';
import { realEntry } from '../../../support/sync.js';

function takeInOf() {
  const region = smallRegion();
  return { region, takeIn: new TakeIn(region, ['source']) };
}

const sent = (entry: ReturnType<typeof realEntry>) => ({
  machine: 'm',
  id: entry.id,
  bytes: encodeEntry(entry),
});
const on = {
  known: undefined,
  target: 'embedded',
  lean: embedded,
  mutant: undefined,
  elapsedSeconds: 3,
} as const;

describe('an entry of another machine', () => {
  it('is taken with the worth that it has here, and what it shows is no news any more', () => {
    const { takeIn } = takeInOf();
    const boasting = realEntry('def a := 1', [1, 2, 3], { newFeatures: 0xffffffff, worker: 77 });
    const taken = takeIn.entry(sent(boasting));
    expect(taken?.entry).toMatchObject({ newFeatures: 3, worker: 0, id: boasting.id });
    expect(decodeEntry(taken?.bytes ?? Buffer.alloc(0)).newFeatures).toBe(3);
    expect(takeIn.entry(sent(realEntry('def b := 1', [1, 2])))).toBeUndefined();
    expect(takeIn.entry(sent(realEntry('def b := 1', [1, 4])))?.entry.newFeatures).toBe(1);
    expect(takeIn.damaged).toBe(0);
  });

  it.each([
    ['garbage', { machine: 'm', id: '00', bytes: Uint8Array.of(9, 9, 9) }],
    [
      'of another content than it is announced with',
      { ...sent(realEntry('def a := 1', [1])), id: '0123456789abcdef' },
    ],
    ['with an id of its own choice', sent(realEntry('def a := 1', [1], { id: '0123456789abcdef' }))],
    ['of endless work', sent(realEntry('def a := 1', [1], { heartbeats: NaN }))],
    ['with a run that is no number', sent(realEntry('def a := 1', [1], {}))],
    ['larger than any', { machine: 'm', id: '00', bytes: new Uint8Array((1 << 20) + 1) }],
  ])('is refused and counted: %s', (what, one) => {
    const { takeIn } = takeInOf();
    const made = realEntry('def a := 1', [1]);
    const lineage = { ...made.candidate.lineage, run: NaN };
    const bad = what.includes('run') ? sent({ ...made, candidate: { ...made.candidate, lineage } }) : one;
    expect(takeIn.entry(bad)).toBeUndefined();
    expect(takeIn.damaged).toBe(1);
  });

  it('is passed over where nothing can be built on it, or its level is not fuzzed here', () => {
    const { takeIn } = takeInOf();
    expect(takeIn.entry(sent(realEntry('def a := 1', [1], { outcome: 'timeout' })))).toBeUndefined();
    expect(new TakeIn(smallRegion(), ['kernel']).entry(sent(realEntry('def a := 1', [1])))).toBeUndefined();
    expect(takeIn.damaged).toBe(0);
  });
});

describe('a finding of another machine', () => {
  it('is read with what it was found on, and without the name that it was looked for under', () => {
    const { takeIn } = takeInOf();
    const asked = finding().verdict.signature;
    const read = takeIn.finding(encodeSharedFinding({ on, finding: finding({ asked, worker: 9 }) }));
    expect(read?.on).toEqual({
      ...on,
      lean: expect.objectContaining({ version: embedded.version }) as object,
    });
    expect(read?.finding).toEqual({ ...finding(), worker: 0 });
  });

  it('is refused where it is none', () => {
    const { takeIn } = takeInOf();
    const lineage = { ...candidate().lineage, seed: -1 };
    for (const bytes of [
      Uint8Array.of(1, 2, 3),
      encodeSharedFinding({ on: { ...on, elapsedSeconds: NaN }, finding: finding() }),
      encodeSharedFinding({ on, finding: finding({ candidate: candidate({ lineage }) }) }),
    ])
      expect(takeIn.finding(bytes)).toBeUndefined();
    expect(takeIn.damaged).toBe(3);
  });
});
