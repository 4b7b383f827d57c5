import type { Inductive } from '../../ir/declaration.js';
import { assume } from '../assume.js';
import { recursorsIn } from '../derived.js';
import type { Constant, Environment } from '../environment.js';
import { DontKnow, IllTyped } from '../failure.js';
import { addInductive } from '../inductive.js';
import { faithful } from '../mode.js';
import { rulesOf, strictRules, type Rules } from '../rules.js';
import { recursionOf } from '../inductive/positivity.js';
import { headFields } from './head.js';
import type { ExportTables } from './tables.js';
import { arityOf } from '../../ir/telescope.js';

/** Writes an inductive declaration with what the kernel derives of it, and returns what is known behind it. */
export function exportInductive(
  tables: ExportTables,
  environment: Environment,
  declaration: Inductive,
  incomplete: string[],
): Environment {
  const { levelParams, parameters: numParams, unsafe: isUnsafe } = declaration;
  const { recursors, behind } = derive(environment, declaration);
  if (recursors.length < declaration.types.length)
    incomplete.push(`the recursors of ${declaration.types[0]?.name ?? ''} are left out: none can be derived`);
  const all = declaration.types.map((type) => tables.name(type.name));
  const { recursive, reflexive } = recursionOf(declaration);
  const types = declaration.types.map((type) => ({
    ...headFields(tables, { ...type, levelParams }),
    numParams,
    numIndices: Math.max(0, arityOf(type.type) - numParams),
    all,
    ctors: type.constructors.map((c) => tables.name(c.name)),
    numNested: Math.max(0, recursors.length - declaration.types.length),
    isRec: recursive,
    isUnsafe,
    isReflexive: reflexive,
  }));
  const ctors = declaration.types.flatMap((type) =>
    type.constructors.map((constructor, cidx) => ({
      ...headFields(tables, { ...constructor, levelParams }),
      induct: tables.name(type.name),
      cidx,
      numParams,
      numFields: Math.max(0, arityOf(constructor.type) - numParams),
      isUnsafe,
    })),
  );
  const recs = recursors.flatMap((recursor) => recursorOf(tables, recursor, all, isUnsafe) ?? []);
  tables.line({ inductive: { types, ctors, recs } });
  return behind;
}

interface Derived {
  readonly recursors: readonly Constant[];
  /** The environment behind the declaration. */
  readonly behind: Environment;
}

/**
 * The constants of a declaration: in the theory, by the last release that is known, or at least where nobody looks
 * whether it is positive, as a kernel with a bug in that has taken it.
 */
function derive(environment: Environment, declaration: Inductive): Derived {
  for (const rules of [strictRules, rulesOf(faithful('4.35.0'))]) {
    const behind = derivedBy(environment, declaration, rules);
    if (behind !== undefined) return { recursors: recursorsIn(behind, declaration), behind };
  }
  const unsafe = derivedBy(environment, { ...declaration, unsafe: true }, rulesOf(faithful('4.35.0')));
  const recursors = unsafe === undefined ? [] : recursorsIn(unsafe, declaration);
  return { recursors, behind: assume(environment, declaration) };
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

function recursorOf(
  tables: ExportTables,
  constant: Constant,
  all: readonly number[],
  isUnsafe: boolean,
): object | undefined {
  const { details } = constant;
  if (details.kind !== 'recursor') return undefined;
  return {
    ...headFields(tables, constant),
    all,
    numParams: details.parameters,
    numIndices: details.indices,
    numMotives: details.motives,
    numMinors: details.minors,
    rules: details.rules.map((rule) => ({
      ctor: tables.name(rule.constructor),
      nfields: rule.fields,
      rhs: tables.expr(rule.value),
    })),
    k: details.likeK,
    isUnsafe,
  };
}
