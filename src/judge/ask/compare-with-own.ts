/**
 * A Lean's answers to a candidate and what it made of it, compared with our own kernel in the mode of that release.
 * That it accepts what the theory refuses is looked for elsewhere (surprise.ts).
 */
import { accepts, noAnswer } from '../../api/answer.js';
import type { Candidate, Unit } from '../../api/candidate.js';
import { refusalIn, type Execution } from '../../api/execution.js';
import type { Declaration, Inductive } from '../../ir/declaration.js';
import { assume, derive } from '../../kernel/assume.js';
import { checkDeclaration } from '../../kernel/check.js';
import type { Environment } from '../../kernel/environment.js';
import type { Mode } from '../../kernel/mode.js';
import { madeDifference, readMade, type MadeDifference } from '../differential/made.js';
import { isNameTaken, isNoAnswer, unfinished } from '../no-answer.js';
import type { OwnKernel } from '../own-kernel.js';
import { incompleteSignature, madeSignature } from '../signature.js';
import type { AskedAgain } from './asked-again.js';
import type { JobRunner } from './job-runner.js';
import { jobFor } from './job.js';

/** An accepted inductive declaration, and the environment that it was put into. */
interface Derived {
  readonly unit: number;
  readonly declaration: Inductive;
  readonly before: Environment;
}

/**
 * The inductive declarations of which a Lean was seen to make what it should, in the environment that each was put into.
 * Most candidates begin with units of their parents, which need not be compared again.
 */
export class Compared {
  private readonly places = new WeakMap<Declaration, Environment>();

  /** Those that were not compared yet. */
  newIn(derived: readonly Derived[]): readonly Derived[] {
    return derived.filter(({ declaration, before }) => this.places.get(declaration) !== before);
  }

  add(derived: readonly Derived[]): void {
    for (const { declaration, before } of derived) this.places.set(declaration, before);
  }
}

/** Our kernel's opinion of a candidate that a Lean has run. */
export interface Reading {
  readonly derived: readonly Derived[];
  /** A unit that Lean refuses and ours accepts, the first. */
  readonly refused: { readonly unit: number; readonly declaration: Declaration } | undefined;
  /** The environment behind all accepted units. */
  readonly environment: Environment;
}

/**
 * Compares what a kernel-level candidate came to with ours: first what its inductive declarations made, then what was
 * refused.
 */
export async function compareWithOwn(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  execution: Execution,
  { derived, refused }: Reading,
  own: OwnKernel,
): Promise<AskedAgain> {
  const made = await compareMade(runner, candidate, derived, own.mode);
  if (made.kind === 'refuses' || refused === undefined) return made;
  const { unit, declaration } = refused;
  const message = refusalIn(execution.steps[unit])?.message ?? '';
  return {
    kind: 'refuses',
    suspect: unit,
    why: `refused (${declaration.kind}), though our own kernel accepts it as that release should: ${message}`,
    signature: incompleteSignature(declaration, message),
  };
}

/** Goes through a candidate with our own kernel, as far as Lean has answered; `weighs`: refusals, too. */
export function readByOwn(
  { units }: Candidate,
  { steps }: Execution,
  own: OwnKernel,
  weighs: boolean,
): Reading {
  const { mode } = own;
  let { environment } = own;
  const derived: Derived[] = [];
  let refused: Reading['refused'];
  for (const [unit, one] of units.entries()) {
    const step = steps[unit];
    if (one.form !== 'kernel' || step === undefined) continue;
    const { declaration } = one;
    const refusal = refusalIn(step);
    if (refusal !== undefined) {
      // Lean's own names are taken too, and we do not know all of them.
      if (!weighs || refused !== undefined || isNoAnswer(refusal) || isNameTaken(refusal)) continue;
      const isAccepted = (before: Environment): boolean =>
        checkDeclaration(before, declaration, { mode }).kind === 'accept';
      // An assumed type has the recursors of the theory, which a release may not derive.
      if (isAccepted(environment) && isAccepted(asReleased(units.slice(0, unit), steps, own)))
        refused = { unit, declaration };
      continue;
    }
    if (declaration.kind === 'inductive') derived.push({ unit, declaration, before: environment });
    environment = assume(environment, declaration);
  }
  return { derived, refused, environment };
}

/** The environment behind accepted units, with the recursors that our kernel derives in the mode of that release. */
function asReleased(units: readonly Unit[], steps: Execution['steps'], own: OwnKernel): Environment {
  return units.reduce((before, unit, index) => {
    if (unit.form !== 'kernel' || steps[index]?.outcome.kind !== 'accepted') return before;
    const { declaration } = unit;
    if (declaration.kind !== 'inductive') return assume(before, declaration);
    const opinion = checkDeclaration(before, declaration, { mode: own.mode });
    return opinion.kind === 'accept' ? opinion.environment : assume(before, declaration);
  }, own.environment);
}

async function compareMade(
  runner: Pick<JobRunner, 'run'>,
  candidate: Candidate,
  derived: readonly Derived[],
  mode: Mode,
): Promise<AskedAgain> {
  const made = derived.flatMap(({ declaration }) => declaration.types[0]?.name ?? []);
  if (made.length === 0) return accepts;
  const [execution] = await runner.run([{ ...jobFor(candidate, []), describe: [], made }]);
  if (execution?.made === undefined) return unfinished(execution);
  const read = readMade(execution.made);
  if (read === undefined || read.size === 0) return noAnswer('what the kernel has made can not be said');
  for (const { unit, declaration, before } of derived) {
    const difference = differenceFrom(before, declaration, read, mode);
    if (difference !== undefined) return madeOtherwise(unit, candidate.units[unit], declaration, difference);
  }
  return accepts;
}

/**
 * The first thing that Lean made otherwise than the theory does and than that release should: the theory's constants
 * are at hand, and a release rarely derives others. Undefined where there is no such difference, or ours accepts the
 * declaration in neither mode.
 */
function differenceFrom(
  before: Environment,
  declaration: Inductive,
  read: NonNullable<ReturnType<typeof readMade>>,
  mode: Mode,
): MadeDifference | undefined {
  const theory = derive(before, declaration);
  if (theory.kind === 'accept' && madeDifference(theory.environment, declaration, read) === undefined)
    return undefined;
  const release = checkDeclaration(before, declaration, { mode, rechecksRecursors: false });
  return release.kind === 'accept' ? madeDifference(release.environment, declaration, read) : undefined;
}

function madeOtherwise(
  suspect: number,
  unit: Unit | undefined,
  declaration: Inductive,
  difference: MadeDifference,
): AskedAgain {
  const { constant, kind, what, lean, ours } = difference;
  return {
    kind: 'refuses',
    suspect,
    why: `the kernel makes a ${kind} of ${unit?.kind ?? 'a unit'} that is not what our own derives: ${constant}, ${what}: ${lean}, ours: ${ours}`,
    signature: madeSignature(declaration, kind, what),
  };
}
