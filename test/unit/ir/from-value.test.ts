import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/ir/encode.js';
import { app, constant, type Expr } from '../../../src/ir/expr.js';
import { declarationFrom, MalformedTree } from '../../../src/ir/from-value.js';
import { declarations, exprs, theorem } from '../../support/terms.js';

/** The same without what the builders derive, as a program that knows only the types might make it. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const derived = ['hash', 'size', 'looseRange'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !derived.includes(name))
      .map(([name, part]) => [name, bare(part)]),
  );
}

describe('declarationFrom', () => {
  it.each(Object.entries(declarations))('rebuilds a declaration: %s', (_, declaration) => {
    expect(declarationFrom(bare(declaration))).toEqual(declaration);
  });

  it.each(Object.entries(exprs))('rebuilds an expression with its derived fields: %s', (_, expr) => {
    expect(declarationFrom(bare(theorem(expr)))).toEqual(theorem(expr));
  });

  it('believes no derived field', () => {
    const wrong = { ...constant('x'), hash: 1, size: -5, looseRange: 99 };
    expect(declarationFrom(theorem(wrong))).toEqual(theorem(constant('x')));
  });

  it('keeps shared nodes shared: a tree of 2^60 nodes takes no time', () => {
    let shared: Expr = constant('x');
    for (let i = 0; i < 60; i++) shared = app(shared, shared);
    expect(encode([declarationFrom(theorem(shared))])).toEqual(encode([theorem(shared)]));
  });

  const circle: Record<string, unknown> = { kind: 'mdata' };
  circle['of'] = circle;
  let deep: unknown = { kind: 'bvar', index: 0 };
  for (let i = 0; i < 3000; i++) deep = { kind: 'mdata', of: deep };
  let deepLevel: unknown = { kind: 'zero' };
  for (let i = 0; i < 300; i++) deepLevel = { kind: 'succ', of: deepLevel };
  const valueless = { ...theorem(constant('x')), value: undefined };

  it.each<[string, unknown, string]>([
    ['nothing', null, 'a declaration'],
    ['a number', 7, 'a declaration'],
    ['an unknown kind', { kind: 'lemma' }, 'kind "lemma"'],
    ['no value', valueless, 'an expression'],
    ['an unknown expression', { ...valueless, value: { kind: 'lam' } }, 'kind "lam"'],
    ['a negative index', { ...valueless, value: { kind: 'bvar', index: -1 } }, '-1'],
    ['a broken index', { ...valueless, value: { kind: 'bvar', index: 0.5 } }, '0.5'],
    ['too large an index', { ...valueless, value: { kind: 'bvar', index: 2 ** 40 } }, '1099511627776'],
    ['a number that is none', { ...valueless, value: { kind: 'nat', value: 3 } }, 'number 3'],
    ['a name that is none', { ...valueless, value: { kind: 'fvar', name: 3 } }, 'expected a text'],
    ['levels that are no list', { ...valueless, value: { kind: 'const', name: 'x' } }, 'levels'],
    [
      'an unknown level',
      { ...valueless, value: { kind: 'sort', level: { kind: 'one' } } },
      'a level of kind',
    ],
    ['an unknown binder', { ...valueless, value: { ...exprs['pi'], info: 'auto' } }, 'binder info "auto"'],
    ['an unknown safety', { ...declarations['definition'], safety: 'mostly' }, 'safety "mostly"'],
    ['an unknown hint', { ...declarations['definition'], hint: 'never' }, '"never"'],
    ['a flag that is none', { ...declarations['inductive'], unsafe: 'no' }, 'true or false'],
    ['an expression in itself', { ...valueless, value: circle }, 'contains itself'],
    ['too deep an expression', { ...valueless, value: deep }, 'deeper than'],
    ['too deep a level', { ...valueless, value: { kind: 'sort', level: deepLevel } }, 'deeper than'],
  ])('refuses %s', (_, value, words) => {
    expect(() => declarationFrom(value)).toThrow(MalformedTree);
    expect(() => declarationFrom(value)).toThrow(words);
  });
});
