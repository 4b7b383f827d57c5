import type { Inductive } from '../../ir/declaration.js';
import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import { arityOf } from '../../ir/telescope.js';
import { assume } from '../assume.js';
import { recursorsIn } from '../derived.js';
import type { Constant, Environment, InductiveDetails } from '../environment.js';
import { DontKnow, IllTyped } from '../failure.js';
import { addInductive } from '../inductive.js';
import { recursionOf } from '../inductive/positivity.js';
import { faithful, newestRelease } from '../mode.js';
import { rulesOf, strictRules, type Rules } from '../rules.js';

export interface DerivedConstants {
  /** The types, each with its constructors behind it, then the recursors. */
  readonly constants: readonly Constant[];
  /** How many of them are recursors; fewer than types where none can be derived. */
  readonly recursors: number;
  /** The environment behind the declaration. */
  readonly behind: Environment;
}

/**
 * The constants of a declaration: in the theory, by the newest release, or, where our kernel refuses it, as far as they
 * can be told all the same: a kernel with a bug has taken it.
 */
export function derivedConstants(environment: Environment, declaration: Inductive): DerivedConstants {
  const newest = rulesOf(faithful(newestRelease));
  for (const rules of [strictRules, newest]) {
    const behind = derivedBy(environment, declaration, rules);
    if (behind === undefined) continue;
    return derived(declaration, recursorsIn(behind, declaration), behind);
  }
  // Where nobody looks whether it is positive, it may still have recursors.
  const unsafe = derivedBy(environment, { ...declaration, unsafe: true }, newest);
  const recursors = unsafe === undefined ? [] : recursorsIn(unsafe, declaration);
  return derived(declaration, recursors, assume(environment, declaration));
}

/** Types and constructors stay as they are written: kernels may have stored others. */
function derived(
  declaration: Inductive,
  recursors: readonly Constant[],
  behind: Environment,
): DerivedConstants {
  const { levelParams, parameters, types } = declaration;
  const nested = Math.max(0, recursors.length - types.length);
  const block = types.map(({ name }) => name);
  const beyondParameters = (type: Expr): number => Math.max(0, arityOf(type) - parameters);
  // A type may hide its binders behind a definition, and what it is nested in may take functions into it.
  const foundOut = (
    name: Name,
    type: Expr,
  ): Pick<InductiveDetails, 'indices' | 'recursive' | 'reflexive'> => {
    const details = behind.find(name)?.details;
    if (details?.kind !== 'inductive')
      return { indices: beyondParameters(type), ...recursionOf(declaration) };
    const { indices, recursive, reflexive } = details;
    return { indices: Math.max(0, indices), recursive, reflexive };
  };
  const own = types.flatMap(({ name, type, constructors }): Constant[] => [
    {
      ...{ name, levelParams, type },
      details: {
        kind: 'inductive',
        ...{ parameters, block, nested, ...foundOut(name, type) },
        constructors: constructors.map((constructor) => constructor.name),
      },
    },
    ...constructors.map((constructor): Constant => ({
      ...{ ...constructor, levelParams },
      details: {
        kind: 'constructor',
        ...{ inductive: name, parameters },
        fields: beyondParameters(constructor.type),
      },
    })),
  ]);
  return { constants: [...own, ...recursors], recursors: recursors.length, behind };
}

function derivedBy(environment: Environment, declaration: Inductive, rules: Rules): Environment | undefined {
  try {
    return addInductive(environment, declaration, { again: true, rules });
  } catch (error) {
    if (error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError)
      return undefined;
    throw error;
  }
}
