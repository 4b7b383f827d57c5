import type { Candidate } from '../../api/candidate.js';
import type { ConstantShape, Execution } from '../../api/execution.js';
import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import { assume } from '../../kernel/assume.js';
import type { Environment } from '../../kernel/environment.js';
import { DontKnow, IllTyped } from '../../kernel/failure.js';
import { whnf } from '../../kernel/reduce.js';
import { Typing } from '../../kernel/typing.js';
import { unstableReductionSignature } from '../signature.js';
import type { Disagreement } from './compare.js';

/**
 * Steps of our own evaluator within which a value has to be reduced, for the kernel can't be stopped while it does
 * so.
 */
const steps = 2000;

/**
 * Accepted definitions of a candidate, on top of these base constants, whose values the kernel may be asked to
 * reduce.
 */
export function reducibleDefinitions(base: Environment, { units }: Candidate, execution: Execution): Name[] {
  const names: Name[] = [];
  let environment = base;
  for (const [index, unit] of units.entries()) {
    if (unit.form !== 'kernel' || execution.steps[index]?.outcome.kind !== 'accepted') continue;
    const { declaration } = unit;
    // An unsafe one may be said by itself, and then no kernel comes to an end.
    const isSafe = declaration.kind === 'definition' && declaration.safety === 'safe';
    if (isSafe && endsSoon(environment, declaration.value)) names.push(declaration.name);
    environment = assume(environment, declaration);
  }
  return names;
}

function endsSoon(environment: Environment, value: Expr): boolean {
  try {
    whnf(new Typing(environment, null, steps), value);
    return true;
  } catch (error) {
    if (error instanceof DontKnow || error instanceof IllTyped) return false;
    throw error;
  }
}

/** Weak head normal forms, as the kernel found them, that it reduced further when it was asked again. */
export function unstableReduction(
  shapes: readonly ConstantShape[],
): Pick<Disagreement, 'reason' | 'signature'> | undefined {
  const unstable = shapes.find(({ numbers }) => numbers[2] === 0);
  return unstable === undefined
    ? undefined
    : {
        reason: `the kernel reduces ${unstable.name}'s weak head normal form further`,
        signature: unstableReductionSignature,
      };
}
