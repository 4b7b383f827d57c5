import { describe, expect, it } from 'vitest';
import { reusableUnits, unitsOfLead } from '../../../../src/judge/ask/job.js';
import { accepted, candidate, execution, refused, unit } from '../../../support/fakes.js';

const units = [
  unit({ kind: 'a' }),
  unit({ kind: 'b' }),
  unit({ kind: 'c', expected: 'reject' }),
  unit({ kind: 'd', expected: 'reject' }),
  unit({ kind: 'e', expected: 'accept' }),
  unit({ kind: 'f', expected: 'reject' }),
];
const steps = units.map(({ kind }) => (kind === 'b' ? refused('no') : accepted()));

describe('reusableUnits', () => {
  it('keeps what was accepted; answered questions are ordinary from then on', () => {
    const kept = reusableUnits(candidate({ units }), execution({ steps }));
    expect(kept.map(({ kind }) => kind)).toEqual(['a', 'c', 'd', 'e', 'f']);
    expect(kept.every(({ expected }) => expected === 'any')).toBe(true);
  });

  it('drops the suspect of a lead, and what else was to be refused', () => {
    const kept = reusableUnits(candidate({ units }), execution({ steps }), 3);
    expect(kept.map(({ kind }) => kind)).toEqual(['a', 'e']);
  });
});

describe('unitsOfLead', () => {
  it('are the suspect and the ordinary units that were accepted before it', () => {
    const kept = unitsOfLead(candidate({ units }), execution({ steps }), 3);
    expect(kept.map(({ kind }) => kind)).toEqual(['a', 'd']);
  });
});
