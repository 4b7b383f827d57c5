import type { Inductive } from '../../ir/declaration.js';
import { assume } from '../assume.js';
import { recursorsIn } from '../derived.js';
import type { Constant, Environment } from '../environment.js';
import { DontKnow, IllTyped } from '../failure.js';
import { addInductive } from '../inductive.js';
import { faithful } from '../mode.js';
import { rulesOf, strictRules } from '../rules.js';
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
  const derived = derive(environment, declaration);
  const recursors = recursorsIn(derived, declaration);
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
  return derived ?? assume(environment, declaration);
}

/** What a declaration comes to, in the theory or at least by the last release that is known. */
function derive(environment: Environment, declaration: Inductive): Environment | undefined {
  for (const rules of [strictRules, rulesOf(faithful('4.35.0'))]) {
    try {
      return addInductive(environment, declaration, { again: true, rules });
    } catch (error) {
      if (!(error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError))
        throw error;
    }
  }
  return undefined;
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
