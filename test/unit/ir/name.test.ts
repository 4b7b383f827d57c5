import { describe, expect, it } from 'vitest';
import { anonymous, child, nameOf, nameParts } from '../../../src/ir/name.js';

describe('names', () => {
  it.each([
    ['', []],
    ['Nat', ['Nat']],
    ['Nat.succ', ['Nat', 'succ']],
    ['a.3.b', ['a', 3, 'b']],
    ['a.«b.c».d', ['a', 'b.c', 'd']],
    ['«».x', ['', 'x']],
    ['«12»', ['12']],
    ['_kernel_fresh.0', ['_kernel_fresh', 0]],
  ] as const)('%j has the parts %j, and they give the name back', (name, parts) => {
    expect(nameParts(name)).toEqual(parts);
    expect(nameOf(parts)).toBe(name);
  });

  it('child adds one part, quoted where it would read otherwise', () => {
    expect(child(anonymous, 'a')).toBe('a');
    expect(child('a', 'b')).toBe('a.b');
    expect(child('a', 7)).toBe('a.7');
    expect(child('a', '7')).toBe('a.«7»');
    expect(child('a', 'b.c')).toBe('a.«b.c»');
    expect(child('a', '')).toBe('a.«»');
  });
});
