import { describe, expect, it } from 'vitest';
import { Solutions } from '../../../src/campaign/solutions.js';

describe('Solutions', () => {
  it('lists folders, all or those of known or unknown signatures', () => {
    const solutions = new Solutions();
    solutions.add('a', '/a', false);
    solutions.add('b', '/b', true);
    expect(solutions.folders()).toEqual(['/a', '/b']);
    expect(solutions.folders(0, false)).toEqual(['/a']);
    expect(solutions.folders(0, true)).toEqual(['/b']);
  });

  it('lists what came since there were so many, and those whose folders are not written', () => {
    const solutions = new Solutions();
    solutions.add('a', '/a', false);
    const since = solutions.count;
    expect(solutions.written('a', '/a-beside')).toBe(true);
    solutions.add('b', '/b', false);
    expect(solutions.folders()).toEqual(['/a-beside', '/b']);
    expect(solutions.folders(since)).toEqual(['/b']);
    expect(solutions.unwritten()).toEqual([{ id: 'b', folder: '/b' }]);
    expect(solutions.unwritten(solutions.count)).toEqual([]);
  });

  it('knows nothing of solutions of former runs', () => {
    const solutions = new Solutions();
    expect(solutions.written('former', '/former')).toBe(false);
    expect(solutions.folders()).toEqual([]);
  });
});
