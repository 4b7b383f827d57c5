import { describe, expect, it } from 'vitest';
import {
  app,
  bvar,
  constant,
  lambda,
  letIn,
  mdata,
  nat,
  pi,
  proj,
  sameExpr,
  sort,
  string,
} from '../../../src/ir/expr.js';
import { levelOf, param, zero } from '../../../src/ir/level.js';
import { exprs } from '../../support/terms.js';

const Nat = constant('Nat');

describe('looseRange', () => {
  it.each([
    [bvar(0), 1],
    [bvar(4), 5],
    [Nat, 0],
    [app(bvar(1), bvar(3)), 4],
    [lambda('x', Nat, bvar(0)), 0],
    [lambda('x', bvar(2), bvar(0)), 3],
    [pi('x', Nat, bvar(2)), 2],
    [letIn('x', bvar(0), bvar(5), bvar(1)), 6],
    [letIn('x', Nat, Nat, bvar(3)), 3],
    [proj('Prod', 0, bvar(1)), 2],
    [mdata(bvar(2)), 3],
  ])('case %#: is one more than the largest loose variable', (expr, range) => {
    expect(expr.looseRange).toBe(range);
  });
});

describe('sameExpr', () => {
  it('is true for each kind of expression and a copy of it', () => {
    const copies = structuredClone(exprs);
    for (const [kind, expr] of Object.entries(exprs)) {
      expect(sameExpr(expr, copies[kind] ?? Nat), kind).toBe(true);
    }
  });

  it('is false for any two expressions of different kinds', () => {
    const all = Object.entries(exprs);
    for (const [a, left] of all) {
      for (const [b, right] of all) if (a !== b) expect(sameExpr(left, right), `${a}, ${b}`).toBe(false);
    }
  });

  it('does not look at binder names and infos, as the kernel does not', () => {
    expect(sameExpr(lambda('x', Nat, bvar(0)), lambda('y', Nat, bvar(0), 'implicit'))).toBe(true);
    expect(lambda('x', Nat, bvar(0)).hash).toBe(lambda('y', Nat, bvar(0), 'implicit').hash);
  });

  it.each([
    ['index', bvar(0), bvar(1)],
    ['level', sort(zero), sort(levelOf(1))],
    ['level arguments', constant('c', [param('u')]), constant('c', [])],
    ['binder kind', lambda('x', Nat, Nat), pi('x', Nat, Nat)],
    ['number', nat(1n), nat(2n)],
    ['text', string('a'), string('b')],
    ['projected field', proj('Prod', 0, Nat), proj('Prod', 1, Nat)],
    ['structure', proj('Prod', 0, Nat), proj('And', 0, Nat)],
    ['argument order', app(Nat, bvar(0), bvar(1)), app(Nat, bvar(1), bvar(0))],
    ['metadata', mdata(Nat), Nat],
  ])('tells another %s', (_, left, right) => {
    expect(sameExpr(left, right)).toBe(false);
  });

  it('trusts no hash alone', () => {
    const forged = { ...nat(2n), hash: nat(1n).hash };
    expect(sameExpr(nat(1n), forged)).toBe(false);
  });
});
