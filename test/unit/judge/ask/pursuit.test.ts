import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../../src/api/candidate.js';
import { Pursuit } from '../../../../src/judge/ask/pursuit.js';
import { signature, unit } from '../../../support/fakes.js';

function suspect(kind: string, ...uses: string[]): Unit {
  return unit({ kind, uses });
}

const odd = signature();
const other = signature({ place: { kind: 'declaration', shape: 'opaque' } });

describe('a pursuit of leads', () => {
  it('is exhausted where leads of one signature and kind were followed in vain for long', () => {
    const pursuit = new Pursuit();
    for (let i = 0; i < 40; i++) {
      expect(pursuit.isExhausted(odd, suspect('broken term'))).toBe(false);
      pursuit.follow(odd, suspect('broken term', ...(i % 2 === 0 ? [`T${i}`] : [])));
    }
    expect(pursuit.isExhausted(odd, suspect('broken term'))).toBe(true);
    expect(pursuit.isExhausted(odd, suspect('broken term', 'T'))).toBe(true);
    expect(pursuit.isExhausted(odd, suspect('broken level'))).toBe(false);
    expect(pursuit.isExhausted(other, suspect('broken term'))).toBe(false);
  });

  it('says once what it has exhausted; what others have exhausted is followed once', () => {
    const [one, another] = [new Pursuit(), new Pursuit()];
    for (let i = 0; i < 45; i++) one.follow(odd, suspect('broken term'));
    for (let i = 0; i < 3; i++) one.prove({ ...other, proof: 'confirmed' });
    const leads = one.takeExhausted();
    expect(leads).toHaveLength(2);
    expect(one.takeExhausted()).toEqual([]);
    another.exhaust(leads);
    // Nobody's word alone keeps a lead from being looked at.
    expect(another.isExhausted(odd, suspect('broken term'))).toBe(false);
    another.follow(odd, suspect('broken term'));
    expect(another.isExhausted(odd, suspect('broken term'))).toBe(true);
    expect(another.isExhausted(odd, suspect('broken level'))).toBe(false);
    another.prove({ ...other, proof: 'confirmed' });
    expect(another.isExhausted(other, suspect('broken term'))).toBe(true);
    expect(another.takeExhausted()).toEqual([]);
  });

  it('does not spend its patience on one and the same type', () => {
    const pursuit = new Pursuit();
    for (let i = 0; i < 3; i++) {
      expect(pursuit.isExhausted(odd, suspect('projection', 'T'))).toBe(false);
      pursuit.follow(odd, suspect('projection', 'T'));
    }
    expect(pursuit.isExhausted(odd, suspect('projection', 'T'))).toBe(true);
    expect(pursuit.isExhausted(odd, suspect('projection', 'T', 'S'))).toBe(false);
    expect(pursuit.isExhausted(odd, suspect('projection', 'S'))).toBe(false);
  });

  it('is exhausted sooner where leads came to False, however their suspects were made', () => {
    const pursuit = new Pursuit();
    for (let i = 0; i < 3; i++) {
      expect(pursuit.isExhausted(odd, suspect('broken term'))).toBe(false);
      pursuit.prove({ ...odd, proof: 'confirmed' });
    }
    expect(pursuit.isExhausted(odd, suspect('broken term'))).toBe(true);
    expect(pursuit.isExhausted(odd, suspect('broken level', 'T'))).toBe(true);
    expect(pursuit.isExhausted(other, suspect('broken term'))).toBe(false);
  });
});
