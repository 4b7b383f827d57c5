import type { Unit } from '../../api/candidate.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { declarationIn, noteDeclaration } from '../../ir/decoded.js';
import { assume } from '../../typing/assume.js';
import { baseEnvironment } from '../../typing/base-environment.js';
import type { Environment } from '../../typing/environment.js';
import type { Name } from '../../ir/name.js';
import { Producers } from './producers.js';

/** What the generator knows behind some declarations. */
export interface Context {
  readonly environment: Environment;
  readonly producers: Producers;
  /** Names that the candidate's declarations added, without recursors. */
  readonly owners: ReadonlySet<Name>;
}

export const baseContext: Context = {
  environment: baseEnvironment,
  producers: Producers.ofBase,
  owners: new Set(),
};

/** The context with one more declaration, which is taken to be fine. */
export function extendContext(context: Context, declaration: Declaration): Context {
  const extended = assume(context.environment, declaration);
  if (extended === context.environment) return context;
  return {
    environment: extended,
    producers: context.producers.extend(declaredConstants(extended, declaration)),
    owners: new Set([...context.owners, ...declaredNames(declaration)]),
  };
}

function declaredConstants(
  environment: Environment,
  declaration: Declaration,
): NonNullable<ReturnType<Environment['find']>>[] {
  return declaredNames(declaration).flatMap((name) => environment.find(name) ?? []);
}

const contexts = new WeakMap<Unit, Context>();

/** Remembers a unit's declaration and the context behind it, so that building on it costs nothing. */
export function remember(unit: Unit, declaration: Declaration, context: Context): Unit {
  contexts.set(unit, context);
  if (unit.words !== null) noteDeclaration(unit.words, declaration);
  return unit;
}

/** The declaration of a kernel-level unit. */
export function declarationOf({ words }: Unit): Declaration | undefined {
  return words === null ? undefined : declarationIn(words);
}

/** The context behind kernel-level units. */
export function contextOf(units: readonly Unit[]): Context {
  const last = units.at(-1);
  if (last === undefined) return baseContext;
  let known = contexts.get(last);
  if (known === undefined) {
    const before = contextOf(units.slice(0, -1));
    const declaration = declarationOf(last);
    known = declaration === undefined ? before : extendContext(before, declaration);
    contexts.set(last, known);
  }
  return known;
}
