import { describe, expect, it } from 'vitest';
import { nat } from '../../../../src/ir/expr.js';
import { baseDeclarations } from '../../../../src/kernel/base/declarations.js';
import { Prop } from '../../../../src/ir/core-constants.js';
import { checked, exported } from '../../../support/ndjson-file.js';
import { call, isEqual, rules } from '../../../support/kernel-rules.js';

describe('a file', () => {
  it.each(rules)('is accepted where %s', (_, good) => {
    expect(checked(exported(good)).answer).toEqual({ kind: 'accepts' });
  });

  it.each(rules)('is rejected at the line that breaks it: %s', (_, __, bad) => {
    const lines = exported(bad);
    const { answer, line } = checked(lines);
    expect(answer.kind).toBe('refuses');
    expect(lines[line - 1]).toMatch(/^\{"(def|thm|opaque|axiom|inductive)"/);
  });

  it('may be the whole base environment', () => {
    const { answer, axioms } = checked(exported(baseDeclarations));
    expect(['accepts', 'noAnswer']).toContain(answer.kind);
    if (answer.kind === 'accepts') expect(axioms).toEqual(['propext', 'Classical.choice', 'Quot.sound']);
  });

  it('may declare only axioms that are permitted', () => {
    const lines = exported([{ kind: 'axiom', name: 'a', levelParams: [], type: Prop, unsafe: false }]);
    expect(checked(lines, { permittedAxioms: new Set(['a']) })).toMatchObject({
      answer: { kind: 'accepts' },
      axioms: ['a'],
    });
    expect(checked(lines, { permittedAxioms: new Set(['b']) }).answer).toEqual({
      kind: 'refuses',
      why: 'the axiom a is not permitted',
    });
  });

  it('has no answer where the steps do not suffice', () => {
    const lines = exported([isEqual(call('Nat.log2', 1 << 20), nat(20))]);
    expect(checked(lines, { steps: 100 }).answer.kind).toBe('noAnswer');
  });
});
