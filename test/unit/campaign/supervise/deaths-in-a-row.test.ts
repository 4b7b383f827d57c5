import { describe, expect, it } from 'vitest';
import { DeathsInARow } from '../../../../src/campaign/supervise/deaths-in-a-row.js';

const deaths = (): DeathsInARow => new DeathsInARow(3, (count, how) => `it ended ${count} times${how}`);

describe('deaths in a row', () => {
  it('end the campaign when there are too many, with how the last one came about', () => {
    const all = deaths();
    expect([all.add(false), all.add(false, ' (early)')]).toEqual([undefined, undefined]);
    expect(all.add(false, ' (late)')?.message).toBe('it ended 3 times (late)');
  });

  it('are counted anew behind one that was of use', () => {
    const all = deaths();
    const wasOfUse = [false, false, true, false, false];
    expect(wasOfUse.map((each) => all.add(each))).toEqual(wasOfUse.map(() => undefined));
    expect(all.add(false)?.message).toBe('it ended 3 times');
  });
});
