import { refusalIn, type Execution, type Job } from '../../api/execution.js';
import type { TriedLean } from './trial.js';

/**
 * Texts that need neither notations nor tactics, and whose answers are the same in every release: what is refused by
 * the parser, by the elaborator, in the second of two commands, and what stays behind an error.
 */
const texts: readonly { readonly text: string; readonly isGood: boolean }[] = [
  { text: 'def canary.one : Nat := Nat.succ Nat.zero', isGood: true },
  { text: 'def canary.two : Nat := Type', isGood: false },
  {
    text: 'inductive canary.Tree : Type where\n  | leaf : canary.Tree\n  | node (l r : canary.Tree) : canary.Tree',
    isGood: true,
  },
  { text: 'def canary.three : Nat :=', isGood: false },
  {
    text: 'def canary.four : Nat := canary.one\ntheorem canary.five : False := canary.missing',
    isGood: false,
  },
  { text: 'theorem canary.six : Eq canary.one (Nat.succ Nat.zero) := Eq.refl canary.one', isGood: true },
  { text: 'theorem canary.seven : False := True.intro', isGood: false },
];
const claim = 'canary.claim';

/**
 * The first sign that parser and elaborator of a native Lean are not called as they want to be; undefined where all
 * texts are answered as any Lean does. The layouts that the host reads are not looked up in a table by version: a newer
 * release comes through this.
 */
export async function whatSourceGarbles(lean: TriedLean): Promise<string | undefined> {
  const [execution] = await lean.run([job()]);
  return execution === undefined ? 'no answer' : whatIsGarbled(execution);
}

function job(): Job {
  return {
    level: 'source',
    steps: texts.map(({ text }) => ({ kind: 'text', text })),
    claims: [
      {
        name: 'canary',
        constant: claim,
        step: { kind: 'text', text: `theorem ${claim} : True := True.intro` },
      },
    ],
    describe: ['canary.Tree', 'canary.four'],
    look: true,
  };
}

function whatIsGarbled({ end, steps, claims: [claimed], shapes }: Execution): string | undefined {
  if (end.kind !== 'finished') return end.message;
  for (const [i, { text, isGood }] of texts.entries()) {
    const step = steps[i];
    if (step === undefined) return `no answer to "${firstLine(text)}"`;
    const refusal = refusalIn(step);
    if (isGood && refusal !== undefined) return `"${firstLine(text)}" is refused: ${refusal.message}`;
    if (!isGood && refusal === undefined) return `"${firstLine(text)}" is accepted`;
    if (refusal?.message === '') return `"${firstLine(text)}" is refused without a word`;
  }
  if (claimed === undefined || claimed.outcome.kind !== 'accepted') return `a claim of True is refused`;
  if (claimed.evidence?.kind !== 'theorem' || claimed.evidence.statesFalse)
    return 'what a claim states is read otherwise';
  // canary.four stands before an error in its text, and is gone with it.
  const [tree, ...others] = shapes;
  if (tree?.name !== 'canary.Tree' || others.length > 0)
    return 'constants are read otherwise than they were made';
  return undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
