import { describe, expect, it } from 'vitest';
import { ExprTag } from '../../../src/ir/codec.js';
import type { Declaration } from '../../../src/ir/declaration.js';
import { encode } from '../../../src/ir/encode.js';
import { app, bvar, constant, lambda, proj, type Expr } from '../../../src/ir/expr.js';
import { decode } from '../../../src/ir/tree-builder.js';
import { declarations, exprs, theorem } from '../../support/terms.js';

function valueOf(declaration: Declaration | undefined): Expr {
  if (declaration?.kind !== 'theorem') throw new Error('not a theorem');
  return declaration.value;
}

describe('encode and decode', () => {
  it.each(Object.entries(exprs))('give back an expression of kind %s', (_, expr) => {
    expect(decode(encode([theorem(expr)]))).toEqual([theorem(expr)]);
  });

  it.each(Object.entries(declarations))('give back a declaration: %s', (_, declaration) => {
    expect(decode(encode([declaration]))).toEqual([declaration]);
  });

  it('give back none, and many at once', () => {
    const all = Object.values(declarations);
    expect(decode(encode([]))).toEqual([]);
    expect(decode(encode(all))).toEqual(all);
  });

  it('write equal words for equal declarations that are different objects', () => {
    for (const declaration of Object.values(declarations)) {
      expect(encode([structuredClone(declaration)])).toEqual(encode([declaration]));
    }
  });

  it('write each name once, whatever its length in bytes', () => {
    const name = '«∀».𝔽';
    const twice = app(constant(name), constant(name));
    const words = encode([theorem(twice, name)]);
    const table = Buffer.from(words.buffer).toString('utf8');
    expect(table.split(name)).toHaveLength(2);
    expect(decode(words)).toEqual([theorem(twice, name)]);
  });
});

describe('sharing', () => {
  it('is kept: a shared subtree is one object again', () => {
    const shared = app(constant('f'), bvar(0));
    const value = valueOf(decode(encode([theorem(lambda('x', shared, app(shared, shared)))]))[0]);
    expect(value).toMatchObject({ kind: 'lambda', body: { kind: 'app' } });
    if (value.kind !== 'lambda' || value.body.kind !== 'app') throw new Error('unreachable');
    expect(value.body.fn).toBe(value.type);
    expect(value.body.arg).toBe(value.type);
  });

  it('keeps a doubling of 60 levels small', () => {
    let doubled: Expr = app(constant('f'), constant('a'));
    for (let i = 0; i < 60; i++) doubled = app(doubled, doubled);
    const words = encode([theorem(doubled)]);
    expect(words.length).toBeLessThan(400);
    expect(valueOf(decode(words)[0]).hash).toBe(doubled.hash);
  });

  it('shares across declarations', () => {
    const shared = app(constant('f'), constant('a'));
    const [first, second] = decode(encode([theorem(shared, 'a'), theorem(shared, 'b')]));
    expect(valueOf(first)).toBe(valueOf(second));
  });

  it('is not used for what is met once, nor for leaves', () => {
    const words = [...encode([theorem(app(constant('f'), constant('f')))])];
    const body = words.slice(-8);
    expect(body).not.toContain(ExprTag.define);
    expect(body).not.toContain(ExprTag.reference);
  });
});

describe('a number that is wider than a word', () => {
  it('is refused, and not cut', () => {
    const widest = 2 ** 32 - 1;
    const read = (index: number): Expr =>
      valueOf(decode(encode([theorem(proj('S', index, constant('s')))]))[0]);
    expect(read(widest)).toMatchObject({ kind: 'proj', index: widest });
    for (const far of [2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1])
      expect(read(far)).toMatchObject({ kind: 'proj', index: far });
    expect(() => read(2 ** 64)).toThrow('index of a projection 4294967296: expected at most 4294967295');
    expect(() => encode([theorem(bvar(2 ** 32))])).toThrow('index of a bound variable 4294967296');
    const types = [{ name: 'T', type: constant('P'), constructors: [] }];
    const wide: Declaration = {
      kind: 'inductive',
      levelParams: [],
      parameters: 2 ** 32,
      types,
      unsafe: false,
    };
    expect(() => encode([wide])).toThrow('number of parameters 4294967296');
  });
});
