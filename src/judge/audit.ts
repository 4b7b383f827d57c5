import type { ClaimResult, Evidence } from '../api/execution.js';

/** What the audit says of a claim: a proof of False, or why it is none. */
export type Audit =
  | { readonly proof: true; readonly axioms: readonly string[] }
  | { readonly proof: false; readonly reason: string };

/** Axioms that a proof may rest on: those of Lean's own logic. */
export const permittedAxioms: readonly string[] = ['propext', 'Quot.sound', 'Classical.choice'];

/**
 * The rule by which a claim is believed. It never looks at text: the exact constant must be a theorem in the
 * kernel's environment, without level parameters, its type must be the constant False structurally, and
 * nothing that it depends on may be an axiom beyond the permitted ones, unsafe, partial, or odd.
 */
export function audit(result: ClaimResult): Audit {
  const { refusal, evidence } = result;
  if (refusal !== null) return decline(`refused: ${firstLine(refusal.message)}`);
  if (evidence === null) return decline('accepted, but nothing is known about the environment');
  if (evidence.kind === 'missing')
    return decline(`no constant named ${evidence.constant} in the environment`);
  if (evidence.kind !== 'theorem')
    return decline(`${evidence.constant} is no theorem but a kernel ${evidence.kind}`);
  if (evidence.levelParams !== 0) return decline(`${evidence.constant} has level parameters`);
  if (!evidence.statesFalse) return decline(`the type of ${evidence.constant} is not the constant False`);
  return auditClosure(evidence);
}

function auditClosure(evidence: Evidence): Audit {
  const forbidden = evidence.importedAxioms.filter((axiom) => !permittedAxioms.includes(axiom));
  if (forbidden.length > 0) return decline(`rests on the axiom ${forbidden.join(', ')}`);
  const axiom = evidence.reached.find((constant) => constant.kind === 'axiom');
  if (axiom !== undefined) return decline(`rests on the axiom ${axiom.name}`);
  const unsafe = evidence.reached.find((constant) => constant.unsafe)?.name ?? evidence.importedUnsafe[0];
  if (unsafe !== undefined) return decline(`rests on the unsafe constant ${unsafe}`);
  const partial = evidence.reached.find((constant) => constant.partial);
  if (partial !== undefined) return decline(`rests on the partial constant ${partial.name}`);
  const [oddity] = evidence.oddities;
  if (oddity !== undefined) return decline(`rests on a term with a ${oddity}`);
  return { proof: true, axioms: evidence.importedAxioms };
}

function decline(reason: string): Audit {
  return { proof: false, reason };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
