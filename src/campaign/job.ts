import type { Candidate, Unit } from '../api/candidate.js';
import type { Claim, Execution, Job, Step } from '../api/execution.js';

/**
 * What stands in front of every source-level candidate. The auxiliary lemmas that these options leave out are
 * proved by the kernel as any other and cost a third of the time of an inductive type.
 */
export const sourcePreamble = 'set_option genSizeOf false\nset_option genInjectivity false';

/** The job that runs a candidate and its claims. */
export function jobFor(candidate: Candidate, claims: readonly Claim[]): Job {
  const steps = candidate.units.map(stepOf);
  const describe = candidate.units.flatMap((unit) => unit.declares.slice(0, 1));
  if (candidate.level === 'kernel') return { level: 'kernel', steps, claims, describe };
  return { level: 'source', steps: [{ kind: 'text', text: sourcePreamble }, ...steps], claims, describe };
}

/** An execution of jobFor(candidate) with one step result for each of the candidate's units that was run. */
export function unitExecution(candidate: Candidate, execution: Execution): Execution {
  return candidate.level === 'kernel' ? execution : { ...execution, steps: execution.steps.slice(1) };
}

/** The units that Lean accepted, in order: what the candidate amounts to. */
export function acceptedUnits(candidate: Candidate, execution: Execution): Unit[] {
  return candidate.units.filter((_, index) => execution.steps[index]?.refusal === null);
}

/** A source-level candidate and a claim as one Lean file. */
export function asLeanText(units: readonly Unit[], claim: Claim | null): string {
  const parts = [sourcePreamble, ...units.map((unit) => unit.text)];
  if (claim?.step.kind === 'text') parts.push(claim.step.text);
  return `${parts.join('\n\n')}\n`;
}

function stepOf(unit: Unit): Step {
  return unit.words === null ? { kind: 'text', text: unit.text } : { kind: 'declaration', words: unit.words };
}
