import { describe, expect, it } from 'vitest';
import type { Declaration, Definition } from '../../../src/ir/declaration.js';
import {
  app,
  bvar,
  constant,
  fvar,
  lambda,
  mvar,
  nat,
  pi,
  proj,
  sort,
  type Expr,
} from '../../../src/ir/expr.js';
import { imax, levelOf, max, one, param, succ, zero, type Level } from '../../../src/ir/level.js';
import { asLean, listing } from '../../../src/ir/print.js';
import { declarations, exprs } from '../../support/terms.js';

const Nat = constant('Nat');

function define(value: Expr, type: Expr = Nat): Definition {
  return { kind: 'definition', name: 'f', levelParams: [], type, value, hint: 2, safety: 'safe' };
}

describe('listing', () => {
  it('shows every kind of declaration and expression', () => {
    for (const declaration of Object.values(declarations)) expect(listing([declaration])).not.toBe('');
    for (const expr of Object.values(exprs)) expect(listing([define(expr)])).toContain(':=');
  });

  it('names binders, levels and hints', () => {
    const identity = pi('α', sort(param('u')), pi('x', bvar(0), bvar(1)), 'implicit');
    const value = lambda('α', sort(param('u')), lambda('x', bvar(0), bvar(0)), 'implicit');
    expect(listing([{ ...define(value, identity), levelParams: ['u'] }])).toBe(
      'def f.{u} : ∀ {α : Sort u}, α → α := -- hint: height 2\n  fun {α : Sort u} => fun (x : α) => x\n',
    );
  });

  it('tells loose, free and meta variables apart', () => {
    const value = app(constant('List', [one]), bvar(3), fvar('x'), mvar('m'), proj('Prod', 0, nat(1n)));
    const text = listing([define(value)]);
    expect(text).toContain('List.{1} #3 $x ?m (proj Prod 0 1)');
    expect(text.split('\n').filter((line) => line.startsWith('-- marks: '))).toEqual([
      '-- marks: $x is a free variable x; ?m is a metavariable m; #i is a bound variable i places outside of all ' +
        'binders; (proj S i t) is field i, from 0, of t in structure S',
    ]);
    expect(listing([define(nat(1n))])).not.toContain('-- marks');
  });

  it('writes sorts and levels as Lean does', () => {
    const u = param('u');
    const said = (level: Level): string =>
      listing([define(sort(level))])
        .split('\n')[1]
        ?.trim() ?? '';
    expect(
      [zero, one, levelOf(3), u, succ(u), succ(u, 2), max(one, u), succ(max(u, imax(u, succ(u))))].map(said),
    ).toEqual([
      ...['Prop', 'Type', 'Type 2', 'Sort u', 'Type u', 'Type (u + 1)', 'Sort (max 1 u)'],
      'Type (max u (imax u (u + 1)))',
    ]);
  });

  it('keeps a variable apart from another one of the same name', () => {
    const value = lambda('x', Nat, lambda('x', Nat, app(bvar(0), bvar(1))));
    expect(listing([define(value)])).toContain('fun (x : Nat) => fun (x_1 : Nat) => x_1 x');
  });

  it('cuts a tree that sharing made enormous, and says so', () => {
    let value: Expr = nat(1n);
    for (let i = 0; i < 60; i++) value = app(constant('Nat.add'), value, value);
    const text = listing([define(value)]);
    expect(text.length).toBeLessThan(100_000);
    expect(text).toContain('cut short');
    expect(asLean(define(value))).toBeUndefined();
  });
});

describe('asLean', () => {
  it('makes everything explicit', () => {
    const value = app(constant('id', [one]), Nat, nat(2n));
    expect(asLean(define(value))).toBe('noncomputable def f : @Nat :=\n  @id.{1} @Nat (nat_lit 2)');
  });

  it('says an inductive type with its parameters in front', () => {
    const T: Declaration = {
      kind: 'inductive',
      levelParams: ['u'],
      parameters: 1,
      unsafe: false,
      types: [
        {
          name: 'T',
          type: pi('α', sort(param('u')), sort(one)),
          constructors: [
            {
              name: 'T.mk',
              type: pi('α', sort(param('u')), pi('x', Nat, app(constant('T', [param('u')]), bvar(1)))),
            },
          ],
        },
      ],
    };
    expect(asLean(T)).toBe(
      'set_option inductive.autoPromoteIndices false in\n' +
        'inductive T.{u} (α : Sort (u)) : Type where\n  | mk : @Nat → @T α',
    );
  });

  it.each([
    ['a loose variable', bvar(0)],
    ['a free variable', fvar('x')],
    ['a metavariable', mvar('m')],
    ['a name with a number', constant('a.1')],
    ['a level metavariable', sort({ kind: 'mvar', name: 'v' })],
  ])('does not say %s', (_, value) => {
    expect(asLean(define(value))).toBeUndefined();
  });

  it('quotes names that are no identifiers', () => {
    expect(asLean(define(constant('a.«b c».end')))).toContain('@a.«b c».«end»');
  });

  it('says nothing that a variable hides', () => {
    const value = lambda('Nat', sort(one), app(constant('Nat.succ'), bvar(0)));
    expect(asLean(define(value))).toContain('@fun (Nat_1 : Type) => @Nat.succ Nat_1');
  });
});
