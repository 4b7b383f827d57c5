import { describe, expect, it } from 'vitest';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { printLevel } from '../../../src/ir/print-level.js';
import { sameLevel } from '../../../src/ir/same-level.js';
import { substituteLevel } from '../../../src/ir/substitute-level.js';

const u = param('u');
const mvar: Level = { kind: 'mvar', name: 'm' };

describe('levels', () => {
  it('levelOf counts successors', () => {
    expect(levelOf(0)).toEqual(zero);
    expect(levelOf(1)).toEqual(one);
    expect(levelOf(3)).toEqual(succ(succ(succ(zero))));
  });

  it('sameLevel compares structure, not meaning', () => {
    expect(sameLevel(max(u, one), max(param('u'), succ(zero)))).toBe(true);
    expect(sameLevel(max(u, one), max(one, u))).toBe(false);
    expect(sameLevel(max(u, u), u)).toBe(false);
    expect(sameLevel(max(u, one), imax(u, one))).toBe(false);
    expect(sameLevel(param('m'), mvar)).toBe(false);
    expect(sameLevel(succ(u), u)).toBe(false);
  });

  it('substituteLevel replaces parameters everywhere and keeps what it does not know', () => {
    const level = imax(succ(u), max(param('v'), mvar));
    expect(substituteLevel(level, new Map([['u', one]]))).toEqual(imax(succ(one), max(param('v'), mvar)));
    expect(substituteLevel(level, new Map())).toBe(level);
  });

  it.each([
    [zero, '0'],
    [levelOf(2), '2'],
    [succ(u, 2), 'u + 2'],
    [max(u, succ(u)), 'max u (u + 1)'],
    [imax(max(u, one), param('v')), 'imax (max u 1) v'],
    [succ(max(u, one)), '(max u 1) + 1'],
    [mvar, '?m'],
  ])('prints %j as Lean writes it: %s', (level, text) => {
    expect(printLevel(level)).toBe(text);
  });
});
