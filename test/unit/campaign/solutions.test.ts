import { describe, expect, it } from 'vitest';
import { Solutions } from '../../../src/campaign/solutions.js';

describe('Solutions', () => {
  it('lists folders, all or those of known or unknown signatures', () => {
    const solutions = new Solutions();
    solutions.add('/a', false);
    solutions.add('/b', true);
    expect(solutions.folders()).toEqual(['/a', '/b']);
    expect(solutions.folders(0, false)).toEqual(['/a']);
    expect(solutions.folders(0, true)).toEqual(['/b']);
  });

  it('lists what came since there were so many; a smaller one is no newer than what it replaces', () => {
    const solutions = new Solutions();
    solutions.add('/a', false);
    const since = solutions.count;
    expect(solutions.replace('/a', '/smaller')).toBe(true);
    solutions.add('/b', false);
    expect(solutions.folders()).toEqual(['/smaller', '/b']);
    expect(solutions.folders(since)).toEqual(['/b']);
  });

  it('knows nothing of solutions of former runs', () => {
    const solutions = new Solutions();
    expect(solutions.replace('/former', '/smaller')).toBe(false);
    expect(solutions.folders()).toEqual([]);
  });
});
