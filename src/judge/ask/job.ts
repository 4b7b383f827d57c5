import type { Candidate, KernelUnit, Unit } from '../../api/candidate.js';
import type { Outcome } from '../../api/entries.js';
import type { Claim, Execution, Job, Step } from '../../api/execution.js';

/** The job that runs a candidate and its claims. */
export function jobFor(candidate: Candidate, claims: readonly Claim[]): Job {
  const steps = candidate.units.map(stepOf);
  const described = candidate.units.filter((unit) => unit.expected !== 'reject');
  const describe = described.flatMap((unit) => unit.declares.slice(0, 1));
  return { level: candidate.level, steps, claims, describe };
}

/** The job that asks any Lean about declarations, and what their inductive types have come to. */
export function questionJob(units: readonly KernelUnit[]): Job {
  const made = units.flatMap(({ declaration }) =>
    declaration.kind === 'inductive' ? (declaration.types[0]?.name ?? []) : [],
  );
  const job: Job = { level: 'kernel', steps: units.map(stepOf), claims: [] };
  return made.length === 0 ? job : { ...job, made };
}

/** The units that Lean accepted, in order: what the candidate amounts to. */
export function acceptedUnits(candidate: Candidate, execution: Execution): Unit[] {
  return candidate.units.filter((_, index) => execution.steps[index]?.outcome.kind === 'accepted');
}

/**
 * Units worth building on: the accepted ones. For a lead, without the suspect and without units that should have been
 * refused: only one suspect of a candidate is named. An answered question is an ordinary unit from then on.
 */
export function reusableUnits(candidate: Candidate, execution: Execution, suspect?: number): Unit[] {
  return candidate.units
    .filter((unit, index) => {
      const doubtful = suspect !== undefined && (index === suspect || unit.expected === 'reject');
      return !doubtful && execution.steps[index]?.outcome.kind === 'accepted';
    })
    .map((unit) => (unit.expected === 'any' ? unit : unit.with({ expected: 'any' })));
}

/** The units that a lead is about: its suspect, behind all ordinary ones that were accepted before it. */
export function unitsOfLead(candidate: Candidate, execution: Execution, suspect: number): Unit[] {
  return candidate.units.filter(
    (unit, index) =>
      index === suspect ||
      (index < suspect && unit.expected === 'any' && execution.steps[index]?.outcome.kind === 'accepted'),
  );
}

/** `accepted` where all units were, `rejected` where some were not, or the kind of failure. */
export function outcomeOf(execution: Execution): Outcome {
  if (execution.end.kind !== 'finished') return execution.end.kind;
  return execution.steps.every((step) => step.outcome.kind === 'accepted') ? 'accepted' : 'rejected';
}

/** The work that the accepted units were to Lean, by its own counter. */
export function workOf(execution: Execution): number {
  return execution.steps.reduce(
    (sum, step) => sum + (step.outcome.kind === 'accepted' ? step.heartbeats : 0),
    0,
  );
}

/**
 * The work that a candidate was to Lean, at least 1: its claims, and the units that had not been run before as part of
 * another one. By Lean's own counter, so that what is learned from it does not hang on the machine.
 */
export function newWorkOf({ steps, claims }: Execution): number {
  const ran = [...steps.filter((step) => step.micros > 0), ...claims];
  return ran.reduce((sum, { heartbeats }) => sum + heartbeats, 1);
}

function stepOf(unit: Unit): Step {
  const { hash } = unit;
  return unit.form === 'kernel'
    ? { kind: 'declaration', words: unit.words, hash }
    : { kind: 'text', text: unit.text, hash };
}
