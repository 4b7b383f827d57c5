import { describe, expect, it } from 'vitest';
import {
  app,
  bvar,
  constant,
  lambda,
  letIn,
  nat,
  pi,
  sameExpr,
  sort,
  type Expr,
} from '../../../src/ir/expr.js';
import { imax, max, one, param, zero } from '../../../src/ir/level.js';
import { sameLevel } from '../../../src/ir/same-level.js';
import { positionsOf, replaceAt, withExpression } from '../../../src/ir/positions.js';
import { mentionsBelow, smallerForms, smallerLevels } from '../../../src/ir/smaller.js';
import { exprs } from '../../support/terms.js';
import { theorem } from '../../support/terms.js';

const f = constant('f');
const Nat = constant('Nat');

function has(forms: readonly Expr[], wanted: Expr): boolean {
  return forms.some((form) => sameExpr(form, wanted));
}

describe('positionsOf and replaceAt', () => {
  it.each(Object.entries(exprs))('reach every node of a %s, and put back what was there', (_, expr) => {
    for (const { path, expr: node } of positionsOf(expr, 100))
      expect(sameExpr(replaceAt(expr, path, node), expr)).toBe(true);
  });

  it('count the binders that a node stands under', () => {
    const expr = lambda('x', Nat, pi('y', bvar(0), app(f, bvar(1))));
    const inner = positionsOf(expr, 100).find(({ expr: node }) => node.kind === 'bvar' && node.index === 1);
    expect(inner).toMatchObject({ path: [1, 1, 1], binders: 2 });
    expect(positionsOf(expr, 100).find(({ path }) => path.join() === '1,0')).toMatchObject({ binders: 1 });
  });

  it('replace one use of a shared node, not the others', () => {
    const shared = app(f, Nat);
    const replaced = replaceAt(app(f, shared, shared), [0, 1], nat(0));
    expect(sameExpr(replaced, app(f, nat(0), shared))).toBe(true);
  });

  it('take no more than they may', () => {
    expect(positionsOf(app(f, Nat, Nat, Nat, Nat), 3).length).toBeLessThan(7);
  });
});

describe('withExpression', () => {
  it('replaces the type or the value', () => {
    expect(withExpression(theorem(Nat), 0, f)).toMatchObject({ type: f, value: Nat });
    expect(withExpression(theorem(Nat), 1, f)).toMatchObject({ value: f });
  });
});

describe('smallerForms', () => {
  it('lifts descendants out of binders that they do not mention', () => {
    const expr = lambda('x', Nat, app(f, bvar(1)));
    expect(has(smallerForms(expr), app(f, bvar(0)))).toBe(true);
    expect(has(smallerForms(lambda('x', Nat, app(f, bvar(0)))), app(f, bvar(0)))).toBe(false);
  });

  it('computes at the node', () => {
    expect(has(smallerForms(app(lambda('x', Nat, app(f, bvar(0))), nat(7))), app(f, nat(7)))).toBe(true);
    expect(has(smallerForms(letIn('x', Nat, nat(7), app(f, bvar(0)))), app(f, nat(7)))).toBe(true);
  });

  it('offers loose variables of the node, and leaves', () => {
    const forms = smallerForms(app(f, bvar(4), lambda('x', Nat, bvar(3))));
    expect([2, 4].every((index) => has(forms, bvar(index)))).toBe(true);
    expect(has(forms, bvar(3))).toBe(false);
    expect(has(forms, constant('True.intro'))).toBe(true);
  });

  it('lowers numbers and levels of leaves', () => {
    expect(has(smallerForms(nat(1n << 70n)), nat(1n << 69n))).toBe(true);
    expect(smallerForms(nat(0))).toEqual([]);
    expect(has(smallerForms(sort(imax(one, zero))), sort(zero))).toBe(true);
    expect(has(smallerForms(constant('Eq', [max(one, param('u'))])), constant('Eq', [param('u')]))).toBe(
      true,
    );
  });
});

describe('smallerLevels', () => {
  it('does not offer the level itself', () => {
    for (const level of [zero, one, max(one, one), imax(param('u'), one)])
      expect(smallerLevels(level).filter((smaller) => sameLevel(smaller, level))).toEqual([]);
  });
});

describe('mentionsBelow', () => {
  it('looks at the innermost variables only, under binders too', () => {
    const expr = lambda('x', Nat, app(bvar(0), bvar(3)));
    expect(mentionsBelow(expr, 2)).toBe(false);
    expect(mentionsBelow(expr, 3)).toBe(true);
    expect(mentionsBelow(expr, 0)).toBe(false);
  });
});
