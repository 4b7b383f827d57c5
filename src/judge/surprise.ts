import type { Candidate, Unit } from '../api/candidate.js';
import type { Execution } from '../api/execution.js';
import { declarationIn } from '../ir/decoded.js';
import { assume } from '../typing/assume.js';
import { baseEnvironment } from '../typing/base-environment.js';
import { checkDeclaration } from '../typing/check.js';
import { messageTemplate } from './categories.js';
import { isLimit } from './limits.js';
import { acceptedSignature } from './signature.js';

/** An answer of the kernel that contradicts what is known of the unit. */
export interface Surprise {
  /** Index into the candidate's units. */
  readonly unit: number;
  readonly reason: string;
  readonly signature: string;
}

/**
 * The first answer at the kernel level that should have been another one. An accepted unit that was broken on purpose
 * counts unless our own type checker finds it in order too: some breaks break nothing. With `thorough`, the own
 * checker is asked about every accepted unit.
 */
export function findSurprise(
  candidate: Candidate,
  execution: Execution,
  thorough: boolean,
): Surprise | undefined {
  const refused = candidate.units.findIndex((unit, index) => {
    const refusal = execution.steps[index]?.refusal;
    if (unit.expected !== 'accept' || refusal === undefined || refusal === null) return false;
    return !isLimit(refusal) && standsOnAccepted(candidate, execution, unit);
  });
  if (refused >= 0) return refusedSurprise(candidate, execution, refused);
  const asked = candidate.units.some(
    (unit, index) => isAsked(unit, thorough) && isAccepted(execution, index),
  );
  return asked ? acceptedSurprise(candidate, execution, thorough) : undefined;
}

/** Whether all that a unit builds on was accepted: where it was not, a refusal says nothing. */
function standsOnAccepted({ units }: Candidate, execution: Execution, unit: Unit): boolean {
  const uses = new Set(unit.uses);
  return units.every(
    ({ declares }, index) => !declares.some((name) => uses.has(name)) || isAccepted(execution, index),
  );
}

function isAccepted(execution: Execution, index: number): boolean {
  return execution.steps[index]?.refusal === null;
}

function isAsked(unit: Unit, thorough: boolean): boolean {
  return unit.words !== null && (unit.expected === 'reject' || thorough);
}

function refusedSurprise({ units }: Candidate, execution: Execution, unit: number): Surprise {
  const kind = units[unit]?.kind ?? '';
  const message = messageTemplate(execution.steps[unit]?.refusal?.message ?? '');
  return {
    unit,
    reason: `a ${kind} unit that means the same as an accepted one is refused: ${message}`,
    signature: `refused ${kind} ${message}`,
  };
}

function acceptedSurprise(
  { units }: Candidate,
  execution: Execution,
  thorough: boolean,
): Surprise | undefined {
  let environment = baseEnvironment;
  for (const [index, unit] of units.entries()) {
    if (unit.words === null || !isAccepted(execution, index)) continue;
    const declaration = declarationIn(unit.words);
    if (declaration === undefined) continue;
    if (isAsked(unit, thorough)) {
      const opinion = checkDeclaration(environment, declaration);
      // What our checker can't say is a lead only where something was broken.
      if (opinion.kind === 'reject' || (opinion.kind === 'unknown' && unit.expected === 'reject')) {
        return {
          unit: index,
          reason: `accepted (${unit.kind}), though our own checker says: ${opinion.reason}`,
          signature: acceptedSignature(unit, declaration, opinion.reason),
        };
      }
    }
    environment = assume(environment, declaration);
  }
  return undefined;
}
