import { describe, expect, it } from 'vitest';
import { DifferenceGroups } from '../../../../src/campaign/opinions/groups.js';

describe('groups of differences', () => {
  it('look at the first input of a cause, and at later ones less and less often', () => {
    const groups = new DifferenceGroups();
    const looked = Array.from({ length: 20 }, (_, index) => (groups.meets('one') ? index + 1 : 0));
    expect(looked.filter((at) => at > 0)).toEqual([1, 2, 4, 8, 16]);
    expect(groups.meets('other')).toBe(true);
  });
});
