import { describe, expect, it } from 'vitest';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { arrow } from '../../../../src/ir/expr-ops.js';
import { arrows, inductiveType } from '../../../../src/ir/hoas.js';
import { zero } from '../../../../src/ir/level.js';
import { app, bvar, constant, lambda, nat, type Expr } from '../../../../src/ir/expr.js';
import { baseDeclarations } from '../../../../src/kernel/base/declarations.js';
import { Prop, Type } from '../../../../src/ir/core-constants.js';
import { readDeclarations } from '../../../../src/kernel/import/read-file.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
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

  it('names the declaration that it is rejected for, once', () => {
    const axiom = (name: string, type: Expr): Declaration => ({
      ...({ kind: 'axiom', name, levelParams: [], type, unsafe: false } as const),
    });
    const why = (...all: readonly Declaration[]): unknown => {
      const { answer } = checked(exported(all));
      return answer.kind === 'accepts' ? undefined : answer.why;
    };
    expect(why(axiom('a', Prop), axiom('a', Prop))).toBe('a: a name that is declared already');
    expect(why(axiom('a', app(Prop, Prop)))).toBe('a: a function was expected');
    expect(why(axiom('a', constant('Odd')))).toBe('a: Odd: an unknown constant');
    expect(why({ kind: 'theorem', name: 'a', levelParams: [], type: Prop, value: Prop })).toBe(
      'a: a theorem whose type is no proposition',
    );
  });

  it('is gone through to its end where every declaration is asked for, what was refused taken for granted', () => {
    const bad = isEqual(call('Nat.add', 1, 1), nat(3));
    const proof = constant('t');
    const later = { ...isEqual(call('Nat.add', 1, 2), nat(3)), name: 'later' };
    const again = { ...bad, name: 'again', value: proof };
    const lines = exported([bad, again, later]);
    const { answer, every } = checked(lines, { every: true });
    expect(answer).toEqual({
      kind: 'refuses',
      why: expect.stringContaining(`1 of ${every?.declarations} declarations are not accepted`) as string,
    });
    expect(every?.others).toMatchObject([{ name: 't', answer: { kind: 'refuses' } }]);
    expect(lines[(every?.others[0]?.line ?? 0) - 1]).toMatch(/^\{"thm"/);
    expect(checked(lines).every).toBeUndefined();
  });

  it('tells of functions into a type that only what it is nested in takes', () => {
    const nested = inductiveType(
      'Nested',
      [],
      [],
      () => Type,
      (self) => ({ make: arrows(app(constant('List', [zero]), arrows(Prop, self)), self) }),
    );
    const lines = exported([nested]);
    expect(lines.find((line) => line.includes('"numNested":1'))).toContain('"isReflexive":true');
    expect(checked(lines).answer.kind).toBe('accepts');
  });

  it('may have a partial definition that mentions itself, alone as in a block', () => {
    const self: Declaration = {
      ...{ kind: 'definition', name: 'self', levelParams: [], type: arrow(Prop, Prop), hint: 'opaque' },
      ...{ value: lambda('x', Prop, app(constant('self'), bvar(0))), safety: 'partial' },
    };
    expect(checked(exported([self])).answer).toEqual({ kind: 'accepts' });
    const path = join(temporaryFolder(), 'self.ndjson');
    writeFileSync(path, exported([self]).join('\n'));
    const descriptor = openSync(path, 'r');
    const read = readDeclarations(descriptor);
    closeSync(descriptor);
    expect(read).toMatchObject({ declarations: [{ kind: 'mutual', definitions: [{ name: 'self' }] }] });
  });

  it('has no answer where the steps do not suffice', () => {
    const lines = exported([isEqual(call('Nat.log2', 1 << 20), nat(20))]);
    expect(checked(lines, { steps: 100 }).answer.kind).toBe('noAnswer');
  });
});
