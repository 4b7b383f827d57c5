import type { Unit } from '../../api/candidate.js';
import { declaredNames, type Declaration } from '../../ir/declaration.js';
import { declarationIn, noteDeclaration } from '../../ir/decoded.js';
import { assume } from '../../kernel/assume.js';
import type { Environment } from '../../kernel/environment.js';
import { Typing } from '../../kernel/typing.js';
import type { Name } from '../../ir/name.js';
import { Producers } from './producers.js';

/** What the generator knows behind some declarations. */
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

const baseContexts = new WeakMap<Environment, Context>();

/** What the generator knows before anything is declared, on a Lean with these base constants. */
export function baseContext(base: Environment): Context {
  const known = baseContexts.get(base);
  if (known !== undefined) return known;
  const context = { environment: base, producers: Producers.ofBase, owners: new Set<Name>() };
  baseContexts.set(base, context);
  return context;
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
  return declaredNames(declaration).flatMap((name) => environment.find(name) ?? []);
}

/** Contexts around units. The one before is part of the key: a unit may stand behind others in another candidate. */
const contexts = new WeakMap<Unit, { readonly before: Context; readonly after: Context }>();

/** Remembers a unit's declaration and the contexts around it, so that building on it costs nothing. */
export function remember(unit: Unit, declaration: Declaration, before: Context, after: Context): Unit {
  contexts.set(unit, { before, after });
  if (unit.words !== null) noteDeclaration(unit.words, declaration);
  return unit;
}

/** The declaration of a kernel-level unit. */
export function declarationOf({ words }: Unit): Declaration | undefined {
  return words === null ? undefined : declarationIn(words);
}

/** The context behind kernel-level units, on a Lean with these base constants. */
export function contextOf(base: Environment, units: readonly Unit[]): Context {
  let context = baseContext(base);
  for (const unit of units) {
    const known = contexts.get(unit);
    if (known?.before === context) {
      context = known.after;
      continue;
    }
    const declaration = declarationOf(unit);
    const after = declaration === undefined ? context : extendContext(context, declaration);
    contexts.set(unit, { before: context, after });
    context = after;
  }
  return context;
}
