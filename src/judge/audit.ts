import { noAnswer, refuses, saidOf, type Answer, type AnswerWith } from '../api/answer.js';
import type { ClaimResult, Evidence } from '../api/execution.js';
import { answerTo } from './no-answer.js';

/** The audit's verdict on a claim: a proof of False and the axioms that it rests on, or why it is none. */
export type Audit = AnswerWith<{ readonly axioms: readonly string[] }>;

/** Axioms that a proof may rest on: those of Lean's own logic. */
export const permittedAxioms: readonly string[] = ['propext', 'Quot.sound', 'Classical.choice'];

/**
 * The rule by which a claim is believed. It never looks at text: the exact constant must be a theorem in the
 * kernel's environment, without level parameters, its type must be the constant False structurally, and
 * nothing that it depends on may be an axiom beyond the permitted ones, unsafe, partial, or odd. Where Lean did not get
 * to an answer, there is none here; `answerOf` says where that is.
 */
export function audit(result: ClaimResult, answerOf: (result: ClaimResult) => Answer = answerTo): Audit {
  const answer = answerOf(result);
  if (answer.kind === 'noAnswer') return answer;
  if (answer.kind === 'refuses') return saidOf('refused', answer);
  const { evidence } = result;
  if (evidence === undefined) return noAnswer('accepted, but nothing is known about the environment');
  if (evidence.kind === 'missing')
    return refuses(`no constant named ${evidence.constant} in the environment`);
  if (evidence.kind !== 'theorem')
    return refuses(`${evidence.constant} is no theorem but a kernel ${evidence.kind}`);
  if (evidence.levelParams !== 0) return refuses(`${evidence.constant} has level parameters`);
  if (!evidence.statesFalse) return refuses(`the type of ${evidence.constant} is not the constant False`);
  return auditClosure(evidence);
}

function auditClosure(evidence: Evidence): Audit {
  const forbidden = evidence.importedAxioms.filter((axiom) => !permittedAxioms.includes(axiom));
  if (forbidden.length > 0) return refuses(`rests on the axiom ${forbidden.join(', ')}`);
  const axiom = evidence.reached.find((constant) => constant.kind === 'axiom');
  if (axiom !== undefined) return refuses(`rests on the axiom ${axiom.name}`);
  const unsafe = evidence.reached.find((constant) => constant.unsafe)?.name ?? evidence.importedUnsafe[0];
  if (unsafe !== undefined) return refuses(`rests on the unsafe constant ${unsafe}`);
  const partial = evidence.reached.find((constant) => constant.partial);
  if (partial !== undefined) return refuses(`rests on the partial constant ${partial.name}`);
  const [oddity] = evidence.oddities;
  if (oddity !== undefined) return refuses(`rests on a term with a ${oddity}`);
  return { kind: 'accepts', axioms: evidence.importedAxioms };
}
