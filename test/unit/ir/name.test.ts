import { describe, expect, it } from 'vitest';
import { anonymous, child, isName, nameOf, nameParts } from '../../../src/ir/name.js';

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
    ['a.«b»c».d', ['a', 'b»c', 'd']],
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

  it.each(['«a', 'a.«b»c', '«a»b', '«a».', 'b«a»', '«a»..b', '1234567890123456', 'a.«b».1234567890123456'])(
    '%j is none',
    (text) => {
      expect(isName(text)).toBe(false);
      expect(() => nameParts(text)).toThrow('malformed name');
    },
  );

  it.each([
    '',
    'a..b',
    '.',
    'a.',
    '«»',
    '«a«b»',
    '123456789012345',
    'x1234567890123456',
    '«1234567890123456»',
  ])('%j is one', (text) => {
    expect(isName(text)).toBe(true);
    expect(nameParts(text)).toBeInstanceOf(Array);
  });
});
