import { describe, expect, it } from 'vitest';
import { accepts, noAnswer, refuses, type Answer } from '../../../../src/api/answer.js';
import { describeSignature } from '../../../../src/api/signature.js';
import type { AskedChecker } from '../../../../src/campaign/opinions/asked-checker.js';
import type { AskedLean } from '../../../../src/campaign/opinions/asked-lean.js';
import { CheckerStream } from '../../../../src/campaign/opinions/checker-stream.js';
import { VerdictTable } from '../../../../src/campaign/opinions/verdict-table.js';
import { Nat, Type } from '../../../../src/ir/core-constants.js';
import type { Declaration } from '../../../../src/ir/declaration.js';
import { nat } from '../../../../src/ir/expr.js';
import { decode } from '../../../../src/ir/tree-builder.js';
import type { KernelUnit } from '../../../../src/ir/unit/kernel-unit.js';
import { decodeFinding } from '../../../../src/share/entry-codec.js';
import { accepted, candidate, execution, refused } from '../../../support/fakes.js';
import { definitionUnit } from '../../../support/kernel-units.js';
import { embedded } from '../../../support/leans.js';

const lean = { ...embedded, kind: 'native', version: '4.35.0' } as const;

function isRefused(declaration: Declaration | undefined): boolean {
  return declaration !== undefined && 'name' in declaration && declaration.name.startsWith('wrong');
}

/** A Lean that refuses what is called wrong. */
const own = {
  ...{ lean, label: 'lean', by: { kind: 'lean', lean } },
  run: (jobs: Parameters<AskedLean['run']>[0]) =>
    Promise.resolve(
      jobs.map((job) =>
        execution({
          steps: job.steps.map((step) =>
            step.kind === 'declaration' && isRefused(decode(step.words)[0]) ? refused('no') : accepted(),
          ),
        }),
      ),
    ),
} as unknown as AskedLean;

function checker(
  says: (names: readonly string[]) => Answer | undefined,
): AskedChecker & { files: string[][] } {
  const files: string[][] = [];
  const asked = {
    ...{ label: 'mine', by: { kind: 'checker', name: 'mine', command: 'mine' }, files },
    ask(declarations: readonly Declaration[]) {
      const names = declarations.flatMap((one) => ('name' in one ? one.name : []));
      files.push(names);
      const answer = says(names);
      return answer === undefined ? undefined : Promise.resolve(answer);
    },
  };
  return asked as unknown as AskedChecker & { files: string[][] };
}

async function streamed(asked: AskedChecker, ...chains: readonly (readonly KernelUnit[])[]) {
  const told: Uint8Array[] = [];
  const table = new VerdictTable();
  const stream = new CheckerStream(own, [asked], table, (bytes) => told.push(bytes));
  for (const units of chains) {
    const steps = units.map(({ declaration }) => (isRefused(declaration) ? refused('no') : accepted()));
    stream.add(candidate({ level: 'kernel', units }), units, execution({ steps }));
  }
  stream.finish(performance.now() + 20_000);
  await stream.run();
  const leads = told.map(decodeFinding);
  const rows = Object.fromEntries(
    table.all().map((row) => [`${row.by}: ${row.declaration}`, [row.accepts, row.refuses, row.noAnswer]]),
  );
  return { leads, rows };
}

const good = (name: string): KernelUnit => definitionUnit(name, nat(1), Nat);
const wrong = (name: string): KernelUnit => definitionUnit(name, Type, Nat);

describe('the stream of environments for checkers', () => {
  it('puts many into one file, and counts them', async () => {
    const mine = checker(() => accepts);
    const { leads, rows } = await streamed(mine, [good('a'), good('b')], [good('a'), good('c')]);
    expect(mine.files).toEqual([['a', 'b', 'c']]);
    expect(leads).toEqual([]);
    expect(rows).toEqual({ 'mine: whole environment': [2, 0, 0], 'lean: whole environment': [2, 0, 0] });
  });

  it('looks for the one that a refusal hangs on, and makes a small lead of it', async () => {
    const mine = checker((names) => (names.includes('odd') ? refuses('odd 7') : accepts));
    const chains = ['a', 'b', 'c', 'd'].map((name) => [good(name)]);
    const { leads, rows } = await streamed(mine, ...chains, [good('x'), good('odd'), good('y')]);
    expect(leads).toHaveLength(1);
    expect(leads[0]?.candidate.units.map(({ declares }) => declares[0])).toEqual(['odd']);
    expect(describeSignature(leads[0]?.verdict.signature as never)).toBe(
      'difference definition: mine refuses: odd 0',
    );
    expect(leads[0]?.verdict.reasons[0]).toBe('lean accepts; mine refuses: odd 7');
    expect(rows['mine: whole environment']).toEqual([4, 1, 0]);
  });

  it('makes a lead where a checker accepts what Lean refuses, with what the theory says', async () => {
    const mine = checker(() => accepts);
    const { leads, rows } = await streamed(mine, [good('a'), wrong('wrong')]);
    expect(leads).toHaveLength(1);
    expect(leads[0]?.candidate.units.map(({ declares }) => declares[0])).toEqual(['wrong']);
    expect(describeSignature(leads[0]?.verdict.signature as never)).toBe(
      'difference definition: a value of another type',
    );
    expect(rows['mine: environment with a refused declaration']).toEqual([1, 0, 0]);
  });

  it('takes no answer for none, and does not count what has no whole export', async () => {
    const silent = await streamed(
      checker(() => noAnswer('it crashed')),
      [good('a')],
      [good('b')],
    );
    expect(silent.leads).toEqual([]);
    expect(silent.rows['mine: whole environment']).toEqual([0, 0, 2]);
    const unsaid = await streamed(
      checker(() => undefined),
      [good('a')],
    );
    expect([unsaid.leads, unsaid.rows]).toEqual([[], {}]);
  });
});
