import { describe, expect, it } from 'vitest';
import { knownAs, type KnownSignature } from '../../../src/judge/known.js';

const known: readonly KnownSignature[] = [
  { kind: 'solution', signature: 'solution accepted broken free variable in opaque: *', about: '#14484' },
  { kind: 'lead', signature: 'exact', about: 'an old friend' },
  { kind: 'lead', signature: 'first * second * third', about: 'three parts' },
];

describe('knownAs', () => {
  it.each([
    ['solution', 'solution accepted broken free variable in opaque: whatever follows', '#14484'],
    ['lead', 'exact', 'an old friend'],
    ['lead', 'first and second and a third', 'three parts'],
    ['lead', 'first  second  third', 'three parts'],
  ])('knows a %s "%s"', (kind, signature, about) => {
    expect(knownAs(known, { kind, signature })).toBe(about);
  });

  it.each([
    ['lead', 'solution accepted broken free variable in opaque: as another kind'],
    ['solution', 'solution accepted broken free variable in theorem: elsewhere'],
    ['lead', 'exact and more'],
    ['lead', 'not exact'],
    ['lead', 'first third second'],
    ['lead', 'first second third, and more'],
    ['lead', ''],
  ])('takes a %s "%s" for news', (kind, signature) => {
    expect(knownAs(known, { kind, signature })).toBeUndefined();
  });
});
