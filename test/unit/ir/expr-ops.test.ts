import { describe, expect, it } from 'vitest';
import {
  abstract,
  abstractAll,
  arrow,
  childrenOf,
  instantiate,
  instantiateAll,
  lift,
  unapply,
} from '../../../src/ir/expr-ops.js';
import {
  app,
  bvar,
  constant,
  fvar,
  lambda,
  letIn,
  pi,
  proj,
  sameExpr,
  type Expr,
} from '../../../src/ir/expr.js';
import { exprs } from '../../support/terms.js';

const Nat = constant('Nat');
const f = constant('f');

function expectSame(actual: Expr, expected: Expr): void {
  expect(actual).toEqual(expected);
  expect(sameExpr(actual, expected)).toBe(true);
}

describe('lift', () => {
  it('moves loose variables up and leaves bound ones alone', () => {
    const body = lambda('x', bvar(0), app(f, bvar(0), bvar(1), bvar(3)));
    expectSame(lift(body, 2), lambda('x', bvar(2), app(f, bvar(0), bvar(3), bvar(5))));
    expectSame(lift(body, 2, 1), lambda('x', bvar(0), app(f, bvar(0), bvar(1), bvar(5))));
  });

  it('returns what has nothing to move', () => {
    const closed = lambda('x', Nat, bvar(0));
    expect(lift(closed, 5)).toBe(closed);
    expect(lift(bvar(1), 3, 2)).toEqual(bvar(1));
  });
});

describe('instantiate', () => {
  it('replaces variable 0 and moves the others down', () => {
    expectSame(instantiate(app(f, bvar(0), bvar(2)), Nat), app(f, Nat, bvar(1)));
  });

  it('lifts the value under binders, so that nothing is captured', () => {
    const body = pi('y', Nat, letIn('z', Nat, bvar(0), app(f, bvar(2), bvar(3))));
    expectSame(instantiate(body, bvar(0)), pi('y', Nat, letIn('z', Nat, bvar(0), app(f, bvar(2), bvar(2)))));
  });

  it('instantiateAll takes the outermost value first', () => {
    const [a, b] = [constant('a'), constant('b')];
    expectSame(instantiateAll(app(f, bvar(1), bvar(0), bvar(2)), [a, b]), app(f, a, b, bvar(0)));
    const closed = app(f, Nat);
    expect(instantiateAll(closed, [a])).toBe(closed);
  });
});

describe('abstract', () => {
  it('is undone by instantiate', () => {
    const open = lambda('y', fvar('x'), proj('Prod', 0, app(f, fvar('x'), bvar(0), fvar('other'))));
    const abstracted = abstract(open, 'x');
    expect(abstracted.looseRange).toBe(1);
    expectSame(instantiate(abstracted, fvar('x')), open);
  });

  it('makes room for what was loose already', () => {
    expectSame(abstract(app(fvar('x'), bvar(0)), 'x'), app(bvar(0), bvar(1)));
  });

  it('abstractAll makes the first name the outermost', () => {
    const open = app(f, fvar('a'), fvar('b'), lambda('z', Nat, fvar('a')));
    expectSame(abstractAll(open, ['a', 'b']), app(f, bvar(1), bvar(0), lambda('z', Nat, bvar(2))));
  });

  it('keeps sharing: a subtree without the name stays the same object', () => {
    const kept = app(f, Nat);
    const result = abstract(app(fvar('x'), kept), 'x');
    expect(childrenOf(result)[1]).toBe(kept);
  });
});

describe('other operations', () => {
  it('unapply gives head and arguments, and app puts them together again', () => {
    const expr = app(f, Nat, bvar(0), bvar(1));
    const { head, args } = unapply(expr);
    expect([head, ...args]).toEqual([f, Nat, bvar(0), bvar(1)]);
    expectSame(app(head, ...args), expr);
  });

  it('arrow lifts what stands on its right', () => {
    expectSame(arrow(bvar(0), bvar(0)), pi('a', bvar(0), bvar(1)));
  });

  it('childrenOf lists the direct children of every kind', () => {
    const counts = Object.fromEntries(Object.entries(exprs).map(([k, e]) => [k, childrenOf(e).length]));
    expect(counts).toEqual({
      ...{ bvar: 0, fvar: 0, mvar: 0, sort: 0, const: 0, nat: 0, string: 0 },
      ...{ app: 2, lambda: 2, pi: 2, let: 3, proj: 1, mdata: 1 },
    });
  });
});
