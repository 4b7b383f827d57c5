import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/api/candidate.js';
import { refusalIn, type Claim, type Execution, type Job } from '../../src/api/execution.js';
import type { NativeLean } from '../../src/api/lean.js';
import { withLean } from '../../src/campaign/offline/with-lean.js';
import type { ExecutorClient } from '../../src/execute/client/executor-client.js';
import { zygoteOf } from '../../src/execute/native/chosen-lean.js';
import { declaredNames } from '../../src/ir/declaration.js';
import { decode } from '../../src/ir/tree-builder.js';
import { confirm } from '../../src/judge/ask/confirm.js';
import { audit } from '../../src/judge/audit.js';
import { claimedConstant, suffix, termSuffixes } from '../../src/judge/suffixes.js';
import { leanFuzz, summaryOf } from '../support/campaign.js';
import { unit } from '../support/fakes.js';
import { nativeLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { messageOf } from '../support/outcomes.js';

const native = await nativeLean('source level on a native Lean');

function job(texts: readonly string[], more: Partial<Job> = {}): Job {
  return { level: 'source', steps: texts.map((text) => ({ kind: 'text', text })), claims: [], ...more };
}

async function on<T>(mutant: string | null, action: (lean: ExecutorClient) => Promise<T>): Promise<T> {
  return withLean(
    await zygoteOf(native as NativeLean, { level: 'source', mutant }),
    { jobMillis: 10_000 },
    action,
  );
}

function refusals({ end, steps }: Execution): (string | null)[] {
  expect(end.kind).toBe('finished');
  return steps.map(messageOf);
}

describe.skipIf(native === undefined)('source level on a native Lean', () => {
  it('goes through parser, elaborator and kernel, and says what they say', async () => {
    const [first, again] = await on(null, (lean) =>
      lean.run([
        job([
          'inductive T where | a | b',
          'def f (t : T) : Nat := match t with | .a => 0 | .b => 1',
          'theorem wrong : Eq (f T.a) 1 := rfl',
          'theorem right : Eq (f T.b) 1 := rfl',
          'structure S (α : Type) where\n  x : α\n  y : Nat',
          'class C (α : Type) where\n  op : α → α\ninstance : C Nat where\n  op := fun x => x',
          'def twice (n : Nat) : Nat := C.op (C.op n)',
          'theorem t (s : S Nat) : Eq s.x s.x := rfl',
          'def nonsense :=',
        ]),
        job(['inductive T where | a | b', 'def g : T := T.b']),
      ]),
    );
    const said = first === undefined ? [] : refusals(first);
    expect(said.map((message) => message === null)).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(said[2]).toContain('Type mismatch');
    expect(said[8]).toContain('unexpected end of input');
    // Of the first job only the step that both begin with is ground for the second: it is not run again.
    expect(again && refusals(again)).toEqual([null, null]);
    expect(again?.steps[0]?.micros).toBe(0);
  });

  it('hears of errors in what a text has elaborated beside the rest', async () => {
    const texts = [
      'set_option Elab.async true',
      'theorem unknown : True := nope',
      'theorem wrong : Eq Nat.zero (Nat.succ Nat.zero) := Eq.refl Nat.zero',
      'set_option Elab.async true in\ntheorem other : True := Nat.zero',
      'theorem right : True := True.intro',
      'theorem use : True := unknown',
    ];
    const claim = 'theorem soundness_check : False := True.intro';
    const claims = [{ name: 'c', constant: 'soundness_check', step: { kind: 'text', text: claim } }] as const;
    const [execution] = await on(null, (lean) => lean.run([job(texts, { claims })]));
    const said = execution === undefined ? [] : refusals(execution);
    expect(said.map((message) => message === null)).toEqual([true, false, false, false, true, false]);
    // Otherwise such a theorem is an axiom of its name.
    expect(said[5]).toContain('Unknown identifier `unknown`');
    expect(execution?.claims[0]?.outcome.kind).toBe('refused');
  });

  it('counts the work of a text, by which the dear are told from the cheap', async () => {
    const proof = `Eq.trans ${'(Eq.refl Nat.zero) '.repeat(2)}`;
    const large = Array.from({ length: 40 }, (_, i) => `theorem t${i} : Eq Nat.zero Nat.zero := ${proof}`);
    const texts = ['def small : Nat := Nat.zero', large.join('\n')];
    const [execution] = await on(null, (lean) => lean.run([job(texts)]));
    expect(execution && refusals(execution)).toEqual([null, null]);
    const [small = 0, much = 0] = execution?.steps.map(({ heartbeats }) => heartbeats) ?? [];
    expect(small).toBeGreaterThan(0);
    expect(much).toBeGreaterThan(10 * small);
  });

  it('says what a step has brought, and what a claim rests on', async () => {
    const claim: Claim = {
      ...{ name: 'c', constant: 'c' },
      step: { kind: 'text', text: 'theorem c : And True (Eq f f) := And.intro True.intro rfl' },
    };
    const [execution] = await on(null, (lean) =>
      lean.run([
        job(['noncomputable def f : Nat := 3', 'axiom bad : False'], {
          look: true,
          claims: [claim],
          describe: ['f'],
        }),
      ]),
    );
    const [f, bad] = execution?.steps ?? [];
    expect(f?.news && decode(f.news.declarations).flatMap(declaredNames)).toEqual(['f']);
    expect(bad?.news && decode(bad.news.declarations)).toEqual([]);
    expect(execution?.shapes).toMatchObject([{ name: 'f', kind: 'definition' }]);
    const evidence = execution?.claims[0]?.evidence;
    expect(evidence).toMatchObject({ kind: 'theorem', statesFalse: false, importedAxioms: [], oddities: [] });
    expect(evidence?.reached.map(({ name }) => name)).toEqual(['f', 'c']);
  });

  it('comes to no False by what is tried behind every candidate', async () => {
    const [execution] = await on(null, (lean) => lean.run([job([], { claims: termSuffixes })]));
    expect(execution?.claims).toHaveLength(termSuffixes.length);
    for (const { outcome } of execution?.claims ?? []) expect(outcome.kind).not.toBe('accepted');
  });

  it('says the first line of what refuses a claim', async () => {
    const refusing = [...termSuffixes, suffix('unknown', 'no.such.constant'), suffix('cut off', '(')];
    const steps = refusing.map(({ step }) => step);
    const [asSteps, asClaims] = await on(null, (lean) =>
      lean.run([
        { level: 'source', steps, claims: [] },
        { level: 'source', steps: [], claims: refusing },
      ]),
    );
    const whole = asSteps?.steps.map((step) => refusalIn(step)?.message ?? '') ?? [];
    expect(whole.filter((message) => message.includes('\n')).length).toBeGreaterThan(2);
    expect(asClaims?.claims.map((claim) => refusalIn(claim)?.message)).toEqual(
      whole.map((message) => message.split('\n', 1)[0]),
    );
  });

  it('brings a planted bug to a confirmed False', async () => {
    const text = 'inductive B where | mk : (B → False) → B';
    const proof =
      '(fun (no : B → False) => no (B.mk no)) (fun b => @B.rec (fun _ => False) (fun f => f (B.mk f)) b)';
    const claim: Claim = {
      ...{ name: 'curry', constant: claimedConstant },
      step: { kind: 'text', text: `theorem ${claimedConstant} : False := ${proof}` },
    };
    const candidate: Candidate = {
      level: 'source',
      lineage: { seed: 1, run: 1, parents: [], mutators: [], categories: [] },
      units: [unit({ kind: 'inductive', text, declares: ['B', 'B.mk'] })],
    };
    const [sane] = await on(null, (lean) => lean.run([job([text], { claims: [claim] })]));
    expect(messageOf(sane?.steps[0])).toContain('non positive occurrence');
    const confirmed = await on('positivity', (lean) => confirm(lean, candidate, claim));
    expect(confirmed).toMatchObject({ kind: 'accepts', axioms: [] });
    const [fooled] = await on('positivity', (lean) => lean.run([job([text], { claims: [claim] })]));
    expect(fooled?.claims[0] && audit(fooled.claims[0]).kind).toBe('accepts');
  });

  it('ends a job that takes too long or too much, keeps what was done, and goes on', async () => {
    const impatient = await zygoteOf(native as NativeLean, { level: 'source', mutant: null });
    const deep = `def deep : Nat := ${'('.repeat(100_000)}Nat.zero${')'.repeat(100_000)}`;
    await withLean({ ...impatient, memoryLimitMiB: 256 }, { jobMillis: 5000 }, async (lean) => {
      const [execution, next] = await lean.run([job(['def a : Nat := 1', deep]), job(['def b : Nat := 1'])]);
      expect(execution?.steps[0]?.outcome.kind).toBe('accepted');
      expect(execution?.end.kind !== 'finished' || execution.steps[1]?.outcome.kind !== 'accepted').toBe(
        true,
      );
      expect(next && refusals(next)).toEqual([null]);
    });
  });

  it('starts threads of its own where it wants to, within the memory that it may take', async () => {
    const bounded = await zygoteOf(native as NativeLean, { level: 'source', mutant: null });
    // Lean works out what simp needs of a recursive function in a thread beside; its own stack for one is 1 GiB.
    const recursive = '@[simp] def f : List Nat → Nat\n  | .nil => 0\n  | .cons _ rest => f rest';
    await withLean({ ...bounded, memoryLimitMiB: 256 }, {}, async (lean) => {
      const [execution] = await lean.run([job([recursive, 'def a : Nat := 1'])]);
      expect(execution && refusals(execution)).toEqual([null, null]);
    });
  });

  it('runs a campaign with a library of our own', async () => {
    const folder = temporaryFolder();
    const ended = await leanFuzz([
      ...['--json', '--campaign', folder, '--solutions', join(folder, 'solutions'), '--level', 'both'],
      ...['--lean', (native as NativeLean).root, '--cores', '1', '--runs', '60', '--seed', '1'],
    ]);
    expect(ended.stderr).toBe('');
    const summary = summaryOf(ended);
    expect(ended.code).toBe(0);
    expect(summary).toMatchObject({ stoppedBy: 'runs', candidates: 60, errors: 0, crashes: 0 });
    expect(summary.yields.map(({ level }) => level)).toEqual(expect.arrayContaining(['source', 'kernel']));
    expect(summary.declarationsAccepted / summary.declarations).toBeGreaterThan(0.4);
    expect(readdirSync(join(folder, 'solutions'))).toEqual([]);
  }, 120_000);
});
