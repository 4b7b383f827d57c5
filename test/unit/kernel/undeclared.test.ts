import { describe, expect, it } from 'vitest';
import { undeclaredIn } from '../../../src/kernel/export/undeclared.js';

const lines = [
  { meta: {} },
  { str: { pre: 0, str: 'T' }, in: 1 },
  { str: { pre: 1, str: 'mk' }, in: 2 },
  { str: { pre: 0, str: 'gone' }, in: 3 },
  { num: { pre: 3, i: 4 }, in: 4 },
  { param: 3, il: 1 },
  { const: { name: 1, us: [] }, ie: 0 },
  { const: { name: 2, us: [] }, ie: 1 },
  { lam: { name: 4, type: 0, body: 1, binderInfo: 'default' }, ie: 2 },
];
const text = (...more: readonly object[]): string =>
  [...lines, ...more].map((line) => `${JSON.stringify(line)}\n`).join('');

describe('undeclaredIn', () => {
  it('knows what an inductive declaration brings, and takes no binder for a declaration', () => {
    const inductive = { types: [{ name: 1 }], ctors: [{ name: 2 }], recs: [] };
    expect(undeclaredIn(text({ inductive }))).toEqual([]);
    expect(undeclaredIn(text({ inductive }, { const: { name: 4, us: [] }, ie: 3 }))).toEqual(['gone.4']);
  });

  it('counts structures of projections and the types of literals, and sorts', () => {
    const found = undeclaredIn(
      text(
        { proj: { typeName: 3, idx: 0, struct: 0 }, ie: 3 },
        { natVal: '1', ie: 4 },
        { axiom: { name: 2 } },
      ),
    );
    expect(found).toEqual(['Nat', 'T', 'gone']);
  });
});
