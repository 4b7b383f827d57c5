import type { Unit } from '../../api/candidate.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { assume } from '../../kernel/assume.js';
import type { Environment } from '../../kernel/environment.js';
import { Typing } from '../../kernel/typing.js';
import type { Name } from '../../ir/name.js';
import { Producers } from './producers.js';

/** The generator's knowledge behind some declarations. */
export interface Context {
  readonly environment: Environment;
  readonly producers: Producers;
  /** Names that the candidate's declarations added, without recursors. */
  readonly owners: ReadonlySet<Name>;
}

/** Steps that the generator's inference and reduction may take for one declaration. */
const fuel = 4000;

/** Inference and reduction behind a context's declarations, for the making of one more. */
export function typingIn({ environment }: Context): Typing {
  return new Typing(environment, null, fuel);
}

/** The context before anything is declared, on a Lean with these base constants. */
export function baseContext(base: Environment): Context {
  return { environment: base, producers: Producers.ofBase, owners: new Set() };
}

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
  return declaredNames(declaration).flatMap((name) => {
    const found = environment.find(name);
    // Constants that are unsafe or partial, nothing safe may use.
    return found === undefined || (found.safety ?? 'safe') !== 'safe' ? [] : [found];
  });
}

/** The context behind kernel-level units, on a Lean with these base constants. */
export function contextOf(base: Environment, units: readonly Unit[]): Context {
  return units.reduce((context, unit) => {
    const declaration = declarationOf(unit);
    return declaration === undefined ? context : extendContext(context, declaration);
  }, baseContext(base));
}

/** The declaration of a kernel-level unit. */
export function declarationOf(unit: Unit): Declaration | undefined {
  return unit.form === 'kernel' ? unit.declaration : undefined;
}
