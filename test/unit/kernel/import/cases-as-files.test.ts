import { describe, expect, it } from 'vitest';
import { exportNdjson } from '../../../../src/kernel/export/ndjson.js';
import { faithful, strict, type Mode } from '../../../../src/kernel/mode.js';
import { kernelCases } from '../../../support/kernel-cases/all.js';
import type { KernelCase, Verdict } from '../../../support/kernel-cases/case.js';
import { checked } from '../../../support/ndjson-file.js';

/**
 * Cases that the format can't say are left out: there are no free variables and no metavariables in it, a block of
 * definitions is known by its unsafe or partial definitions only, and a partial one always is a block. Names of the
 * base environment are taken only where a file declares them.
 */
const unsayable = /which the format has no form for/;
const otherwiseInFiles = new Set([
  ...['a name that is taken', 'a constructor whose name is taken'],
  ...['mutual definitions that are safe', 'no definitions'],
  'a partial definition that uses itself alone',
]);

const metadata = { version: '1.0.0', lean: { version: '4.35.0', githash: 'abc' } };
const files = kernelCases
  .filter(({ name }) => !otherwiseInFiles.has(name))
  .map((one) => ({ one, ...exportNdjson(one.declarations, metadata) }))
  .filter(({ incomplete }) => !incomplete.some((what) => unsayable.test(what)));

const modes: readonly (readonly [string, Mode, (of: KernelCase) => Verdict])[] = [
  ['the theory', strict, (one) => one.strict],
  ['4.28.0', faithful('4.28.0'), (one) => one.old],
  ['4.35.0', faithful('4.35.0'), (one) => one.recent],
];

describe.each(modes)('by %s', (_, mode, expected) => {
  it.each(files)('the file of $one.name', ({ one, text }) => {
    const { answer, line } = checked(text, { mode });
    expect(answer.kind, answer.kind === 'accepts' ? '' : answer.why).toBe(expected(one));
    if (answer.kind === 'refuses') expect(text.split('\n')[line - 1]).toMatch(declares);
  });
});

const declares = /^\{"(axiom|def|thm|opaque|quot|inductive)"/;

it('are many, good and bad', () => {
  const of = (verdict: Verdict) => files.filter(({ one }) => one.strict === verdict).length;
  expect(of('accepts')).toBeGreaterThan(100);
  expect(of('refuses')).toBeGreaterThan(90);
});
