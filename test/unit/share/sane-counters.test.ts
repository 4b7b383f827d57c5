import { describe, expect, it } from 'vitest';
import { SaneCounters } from '../../../src/share/sane-counters.js';
import { smallRegion } from '../../support/regions.js';

describe('the counters that the primary believes', () => {
  it('are the sums of what workers count', () => {
    const region = smallRegion();
    const counters = new SaneCounters(region);
    region.addCounter(0, 'tests', 5);
    region.addCounter(1, 'tests', 6);
    region.addCounter(1, 'lean_micros', 3_000_000);
    expect(counters.sums()).toMatchObject({ tests: 11, lean_micros: 3_000_000, leads: 0 });
    expect([counters.of(0, 'tests'), counters.of(1, 'tests')]).toEqual([5, 6]);
  });

  it('do not go back, and do not jump: what can not be is put back', () => {
    const region = smallRegion();
    const counters = new SaneCounters(region);
    region.addCounter(0, 'tests', 100);
    counters.sums();
    region.restoreCounter(0, 'tests', 3n);
    region.restoreCounter(1, 'candidates', 1n << 60n);
    expect(counters.sums()).toMatchObject({ tests: 100, candidates: 0 });
    region.addCounter(0, 'tests', 1);
    region.addCounter(1, 'candidates', 1);
    expect(counters.sums()).toMatchObject({ tests: 101, candidates: 1 });
  });
});
