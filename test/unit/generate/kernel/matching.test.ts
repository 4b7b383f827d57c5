import { describe, expect, it } from 'vitest';
import { app, bvar, constant, lambda, pi, sort, type Expr } from '../../../../src/ir/expr.js';
import { imax, max, param, succ, zero, type Level } from '../../../../src/ir/level.js';
import { Match } from '../../../../src/generate/kernel/matching.js';
import { Nat, Prop } from '../../../support/kernel-cases/case.js';
import { deepTerms } from '../../../support/deep-terms.js';

const depth = 20_000;
const f = constant('f');

describe('a match', () => {
  it('binds arguments and levels', () => {
    const match = new Match(2, ['u']);
    const pattern = app(constant('Eq', [param('u')]), bvar(1), bvar(0), bvar(0));
    expect(match.match(pattern, app(constant('Eq', [zero]), Nat, f, f))).toBe(true);
    expect(match.args).toEqual([Nat, f]);
    expect(match.levels).toEqual(new Map([['u', zero]]));
  });

  it.each([
    ['another constant', f, Nat],
    ['two values of one argument', app(f, bvar(0), bvar(0)), app(f, Nat, Prop)],
    [
      'two values of one level',
      app(constant('f', [param('u')]), sort(param('u'))),
      app(constant('f', [zero]), sort(succ(zero))),
    ],
    ['what mentions a variable that is bound', pi('x', Nat, bvar(1)), pi('x', Nat, bvar(0))],
    ['another shape', lambda('x', Nat, bvar(1)), pi('x', Nat, Nat)],
  ])('is none with %s', (_, pattern, goal) => {
    expect(new Match(1, ['u']).match(pattern, goal)).toBe(false);
  });

  it.each(Object.entries(deepTerms))('needs no stack: %s', (_, build) => {
    const match = new Match(1, []);
    const goal = build(depth);
    expect(match.match(app(f, build(depth), bvar(0)), app(f, goal, Nat))).toBe(true);
    expect(match.args).toEqual([Nat]);
    expect(new Match(1, []).match(build(depth, f), goal)).toBe(false);
  });

  const levels: Readonly<Record<string, (inner: Level) => Level>> = {
    successors: (level) => succ(level),
    'maxima on the left': (level) => max(level, param('u')),
    'imax on the right': (level) => imax(param('u'), level),
    'maxima of the same twice': (level) => max(level, level),
  };
  const many = <T>(first: T, around: (inner: T) => T): T => {
    let result = first;
    for (let i = 0; i < depth; i++) result = around(result);
    return result;
  };

  it.each(Object.entries(levels))('needs no stack for levels: %s', (kind, around) => {
    const match = new Match(0, ['u']);
    const goal = kind === 'successors' ? succ(zero, depth) : zero;
    expect(match.match(sort(many<Level>(param('u'), around)), sort(goal))).toBe(true);
    expect(match.levels).toEqual(new Map([['u', zero]]));
  });

  it('looks once at what both share', () => {
    const shared = (end: Expr): Expr => many(end, (e) => app(e, e));
    const match = new Match(1, []);
    expect(match.match(shared(bvar(0)), shared(Nat))).toBe(true);
    expect(match.args).toEqual([Nat]);
  });
});
