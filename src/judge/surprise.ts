import type { Candidate, Unit } from '../api/candidate.js';
import { refusalIn, type Execution } from '../api/execution.js';
import type { Signature } from '../api/signature.js';
import type { Declaration } from '../ir/declaration.js';
import { assume, derive } from '../kernel/assume.js';
import { checkDeclaration, type Opinion } from '../kernel/check.js';
import type { Environment } from '../kernel/environment.js';
import { messageTemplate } from './refusal-categories.js';
import { isNoAnswer } from './no-answer.js';
import { acceptedSignature, refusedSignature } from './signature.js';

/** An answer of the kernel that contradicts what is known of the unit. */
export interface Surprise {
  /** Index into the candidate's units. */
  readonly unit: number;
  readonly reason: string;
  readonly signature: Signature;
}

/** Whether leads of a signature with such a suspect are known too well to stand before others. */
export type IsExhausted = (signature: Signature, suspect: Unit) => boolean;

/**
 * The first answer at the kernel level that should have been another one. An accepted unit that was broken on purpose
 * counts where our own type checker finds it broken too: some breaks break nothing, and no answer is no objection. With `thorough`, the own
 * checker is asked about every accepted unit. It knows the base constants as the Lean has them that was asked.
 * Surprises that `isExhausted` knows give way to others behind them.
 */
export function findSurprise(
  base: Environment,
  candidate: Candidate,
  execution: Execution,
  thorough: boolean,
  isExhausted: IsExhausted = () => false,
): Surprise | undefined {
  const refused = candidate.units.findIndex((unit, index) => {
    const refusal = refusalIn(execution.steps[index]);
    if (unit.expected !== 'accept' || refusal === undefined) return false;
    return !isNoAnswer(refusal) && standsOnAccepted(candidate, execution, unit);
  });
  const wrongly = candidate.units[refused];
  if (wrongly !== undefined) return refusedSurprise(execution, refused, wrongly);
  const asked = candidate.units.some(
    (unit, index) => isAsked(unit, thorough) && isAccepted(execution, index),
  );
  return asked ? acceptedSurprise(base, candidate, execution, thorough, isExhausted) : undefined;
}

/** Whether all that a unit builds on was accepted: where it was not, a refusal says nothing. */
function standsOnAccepted({ units }: Candidate, execution: Execution, unit: Unit): boolean {
  const uses = new Set(unit.uses);
  return units.every(
    ({ declares }, index) => !declares.some((name) => uses.has(name)) || isAccepted(execution, index),
  );
}

function isAccepted(execution: Execution, index: number): boolean {
  return execution.steps[index]?.outcome.kind === 'accepted';
}

function isAsked(unit: Unit, thorough: boolean): boolean {
  return unit.form === 'kernel' && (unit.expected === 'reject' || thorough);
}

function refusedSurprise(execution: Execution, index: number, unit: Unit): Surprise {
  const { kind, made } = unit;
  const message = refusalIn(execution.steps[index])?.message ?? '';
  const why =
    made?.how === 'question' ? 'whose answer our own kernel knows' : 'that means the same as an accepted one';
  return {
    unit: index,
    reason: `a ${kind} unit ${why} is refused: ${messageTemplate(message)}`,
    signature: refusedSignature(unit, message),
  };
}

function acceptedSurprise(
  base: Environment,
  { units }: Candidate,
  execution: Execution,
  thorough: boolean,
  isExhausted: IsExhausted,
): Surprise | undefined {
  let exhausted: Surprise | undefined;
  let environment = base;
  for (const [index, unit] of units.entries()) {
    if (unit.form !== 'kernel' || !isAccepted(execution, index)) continue;
    const { declaration } = unit;
    if (isAsked(unit, thorough)) {
      // A type that nobody broke has recursors with types if it is in order itself.
      const rechecksRecursors = unit.expected === 'reject';
      const opinion = opinionOf(environment, declaration, rechecksRecursors);
      if (opinion.kind === 'reject') {
        const surprise: Surprise = {
          unit: index,
          reason: `accepted (${unit.kind}), though our own checker says: ${opinion.reason}`,
          signature: acceptedSignature(declaration, opinion.rule, unit),
        };
        if (!isExhausted(surprise.signature, unit)) return surprise;
        exhausted ??= surprise;
      }
    }
    environment = assume(environment, declaration);
  }
  return exhausted;
}

/** An opinion without what it derives, which is large. */
type Said = Exclude<Opinion, { kind: 'accept' }> | { readonly kind: 'accept' };

/** The last one of each declaration: candidates begin with units of their parents, which were judged with these. */
const opinions = new WeakMap<
  Declaration,
  { readonly before: Environment; readonly rechecksRecursors: boolean; readonly said: Said }
>();

function opinionOf(environment: Environment, declaration: Declaration, rechecksRecursors: boolean): Said {
  if (declaration.kind === 'inductive' && !rechecksRecursors) return derive(environment, declaration);
  const known = opinions.get(declaration);
  if (known?.before === environment && known.rechecksRecursors === rechecksRecursors) return known.said;
  const opinion = checkDeclaration(environment, declaration, { rechecksRecursors });
  const said: Said = opinion.kind === 'accept' ? { kind: 'accept' } : opinion;
  opinions.set(declaration, { before: environment, rechecksRecursors, said });
  return said;
}
