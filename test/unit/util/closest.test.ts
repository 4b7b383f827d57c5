import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/util/closest.js';

const words = ['depth', 'level', 'timeMillis', 'syncFolder', 'sync', 'runs'];

describe('closest', () => {
  it.each([
    ['dpeth', 'depth'],
    ['Level', 'level'],
    ['time-millis', 'timeMillis'],
    ['syncfoldr', 'syncFolder'],
    ['run', 'runs'],
    ['weather', undefined],
    ['', undefined],
  ])('%s is meant to be %s', (misspelt, meant) => {
    expect(closest(misspelt, words)).toBe(meant);
  });
});
