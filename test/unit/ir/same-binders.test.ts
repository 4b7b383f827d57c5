import { describe, expect, it } from 'vitest';
import { app, bvar, constant, lambda, letIn, mdata, pi, proj, type Expr } from '../../../src/ir/expr.js';
import { sameBinders } from '../../../src/ir/same-binders.js';

const nat = constant('Nat');
const binding = (name: string): Expr => lambda(name, nat, bvar(0));

describe('sameBinders', () => {
  it.each<[string, (part: Expr) => Expr]>([
    ['at the root', (part) => part],
    ['in a function', (part) => app(part, nat)],
    ['in an argument', (part) => app(nat, part)],
    ['in a domain', (part) => pi('a', part, nat)],
    ['in a body', (part) => pi('a', nat, part)],
    ['in the type of a let', (part) => letIn('a', part, nat, nat)],
    ['in the value of a let', (part) => letIn('a', nat, part, nat)],
    ['in the body of a let', (part) => letIn('a', nat, nat, part)],
    ['behind a projection', (part) => proj('Prod', 0, part)],
    ['behind a note', (part) => mdata(part)],
  ])('sees another name %s', (_, around) => {
    expect(sameBinders(around(binding('x')), around(binding('x')))).toBe(true);
    expect(sameBinders(around(binding('x')), around(binding('y')))).toBe(false);
  });

  it('sees another info, and another name of a let', () => {
    expect(sameBinders(pi('x', nat, nat), pi('x', nat, nat, 'implicit'))).toBe(false);
    expect(sameBinders(letIn('x', nat, nat, nat), letIn('y', nat, nat, nat))).toBe(false);
  });

  it('looks at each pair of what is shared once', () => {
    const doubled = (start: Expr): Expr => {
      let whole = start;
      for (let i = 0; i < 100; i++) whole = app(whole, whole);
      return whole;
    };
    // Of another type, so that no node is the same.
    expect(sameBinders(doubled(binding('x')), doubled(lambda('x', constant('Int'), bvar(0))))).toBe(true);
    expect(sameBinders(doubled(binding('x')), doubled(binding('y')))).toBe(false);
  });
});
