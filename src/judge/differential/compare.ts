import type { StepOutcome, StepResult } from '../../api/execution.js';
import type { Signature } from '../../api/signature.js';
import { isNoAnswer } from '../no-answer.js';
import { changedSignature } from '../signature.js';
import { areOrdered, readUnit, type ReadUnit } from './dependence.js';
import type { Variant, VariantName } from './variant.js';

/** One declaration, accepted in one way of saying it and refused in another. */
export interface Disagreement {
  readonly variant: VariantName;
  /** Index into the original's units. */
  readonly unit: number;
  /** The unit's kind; for a broken one it names the operator, e.g. `broken level count`. */
  readonly kind: string;
  readonly acceptedBy: 'original' | 'variant';
  /** Lean's message; "" on the side that accepted. */
  readonly originalMessage: string;
  readonly variantMessage: string;
  readonly reason: string;
  /** Names the mechanism, so that repeats are told from news. */
  readonly signature: Signature;
}

/**
 * The declarations whose verdict changed. A unit that was refused leaves nothing behind, so those that build on it
 * (or take its name) may well be answered otherwise: of such a chain only the first is reported, and none where it
 * began with a limit or a unit that was not reached. A crash of one side is not looked at here.
 */
export function compareVariants(
  original: readonly StepResult[],
  variant: Variant,
  results: readonly StepResult[],
): Disagreement[] {
  return changedVerdicts(original, variant, results).map(({ unit, read, ours, theirs }) =>
    disagreement(variant.name, unit, read, ours, theirs),
  );
}

/** A unit that one side accepts and the other refuses. */
interface ChangedVerdict {
  /** Index into the original's units. */
  readonly unit: number;
  readonly read: ReadUnit;
  readonly ours: StepOutcome;
  readonly theirs: StepOutcome;
}

/** The same, of whatever has answered to the same units. */
export function changedVerdicts(
  original: readonly StepResult[],
  { units, positions }: { readonly [K in 'units' | 'positions']: Readonly<Variant[K]> },
  results: readonly StepResult[],
): ChangedVerdict[] {
  const changed: ChangedVerdict[] = [];
  // Units whose effect on the environment differs, or may differ.
  const unlike: ReadUnit[] = [];
  for (const [index, position] of positions.entries()) {
    const [unit, ours, theirs] = [units[position], original[index], results[position]];
    if (unit === undefined) continue;
    if (ours !== undefined && theirs !== undefined && isAccepted(ours) === isAccepted(theirs)) continue;
    const read = readUnit(unit);
    const excused = unlike.some((earlier) => areOrdered(earlier, read));
    unlike.push(read);
    if (excused || !hasVerdict(ours) || !hasVerdict(theirs)) continue;
    changed.push({ unit: index, read, ours: ours.outcome, theirs: theirs.outcome });
  }
  return changed;
}

function disagreement(
  variant: VariantName,
  unit: number,
  { unit: { kind, declaration } }: ReadUnit,
  ours: StepOutcome,
  theirs: StepOutcome,
): Disagreement {
  const isOurs = ours.kind === 'accepted';
  const message = refusedMessage(isOurs ? theirs : ours);
  const [accepted, refused] = isOurs ? ['as it is', variant] : [variant, 'as it is'];
  return {
    variant,
    unit,
    kind,
    acceptedBy: isOurs ? 'original' : 'variant',
    originalMessage: isOurs ? '' : message,
    variantMessage: isOurs ? message : '',
    reason: `a ${kind} unit is accepted ${accepted} and refused ${refused}: ${message}`,
    // How a unit was made is no part of the cause.
    signature: changedSignature(variant, declaration, message),
  };
}

/** The words of a refusal; "" of what was accepted. */
export function refusedMessage(outcome: StepOutcome): string {
  return outcome.kind === 'accepted' ? '' : outcome.message;
}

function isAccepted(result: StepResult): boolean {
  return result.outcome.kind === 'accepted';
}

function hasVerdict(result: StepResult | undefined): result is StepResult {
  return result !== undefined && (result.outcome.kind === 'accepted' || !isNoAnswer(result.outcome));
}
