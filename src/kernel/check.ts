import type { Declaration, Definition, MutualDefinitions } from '../ir/declaration.js';
import { declaredNames } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { child, type Name } from '../ir/name.js';
import type { Constant, Details, Environment } from './environment.js';
import { equalTerms } from './equality.js';
import { DontKnow, IllTyped } from './failure.js';
import { addInductive } from './inductive.js';
import { checkType, isProposition, sortOf } from './infer.js';
import type { Mode } from './mode.js';
import { Typing } from './typing.js';

/** What the checker thinks of a declaration. */
export type Opinion =
  | { readonly kind: 'accept'; readonly environment: Environment }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface CheckOptions {
  /** strict by default. */
  readonly mode?: Mode;
  /** Steps of inference, reduction and comparison that one declaration may take. */
  readonly steps?: number;
}

/** Checks a declaration against an environment. Never throws. */
export function checkDeclaration(
  environment: Environment,
  declaration: Declaration,
  options: CheckOptions = {},
): Opinion {
  try {
    return { kind: 'accept', environment: add(environment, declaration, options.steps) };
  } catch (error) {
    if (error instanceof IllTyped) return { kind: 'reject', reason: error.message };
    if (error instanceof DontKnow) return { kind: 'unknown', reason: error.message };
    if (error instanceof RangeError) return { kind: 'unknown', reason: 'too deep' };
    throw error;
  }
}

function add(environment: Environment, declaration: Declaration, steps?: number): Environment {
  const names = [...declaredNames(declaration), ...recursorNames(declaration)];
  if (new Set(names).size !== names.length) throw new IllTyped('a name twice');
  for (const name of names)
    if (environment.find(name) !== undefined) throw new IllTyped(`${name} is declared already`);
  switch (declaration.kind) {
    case 'axiom':
      return environment.extend([header(environment, declaration, { kind: 'axiom' })]);
    case 'definition':
      return environment.extend([definition(environment, declaration, steps)]);
    case 'theorem': {
      const constant = header(environment, declaration, { kind: 'theorem', value: declaration.value });
      const t = new Typing(environment);
      if (!isProposition(t, declaration.type)) throw new IllTyped('a theorem whose type is no proposition');
      value(environment, declaration, declaration.value, steps);
      return environment.extend([constant]);
    }
    case 'opaque': {
      const constant = header(environment, declaration, { kind: 'opaque', value: declaration.value });
      value(environment, declaration, declaration.value, steps);
      return environment.extend([constant]);
    }
    case 'inductive':
      if (declaration.unsafe) throw new DontKnow('an unsafe inductive type');
      return addInductive(environment, declaration);
    case 'mutual':
      checkMutual(environment, declaration, steps);
      return environment;
    case 'quotient':
      throw new DontKnow('the quotient declaration');
  }
}

/** Definitions that may refer to each other. Nothing safe may use them, so that the environment stays as it is. */
function checkMutual(environment: Environment, { definitions }: MutualDefinitions, steps?: number): void {
  const safety = definitions[0]?.safety;
  if (safety === undefined || safety === 'safe') throw new IllTyped('mutual definitions that are not unsafe');
  if (definitions.some((other) => other.safety !== safety))
    throw new IllTyped('definitions of unlike safety');
  const constants = definitions.map((one) =>
    header(environment, one, { kind: 'definition', value: one.value, hint: one.hint }),
  );
  const inside = environment.extend(constants);
  for (const one of definitions) value(inside, one, one.value, steps);
}

/** The recursors that the kernel is going to derive; those of nested occurrences are left out. */
function recursorNames(declaration: Declaration): Name[] {
  return declaration.kind === 'inductive' ? declaration.types.map((type) => child(type.name, 'rec')) : [];
}

function definition(environment: Environment, declaration: Definition, steps?: number): Constant {
  if (declaration.safety !== 'safe') throw new DontKnow(`a definition that is ${declaration.safety}`);
  const details: Details = { kind: 'definition', value: declaration.value, hint: declaration.hint };
  const constant = header(environment, declaration, details);
  value(environment, declaration, declaration.value, steps);
  return constant;
}

interface Typed {
  readonly name: Name;
  readonly levelParams: readonly Name[];
  readonly type: Expr;
}

function header(environment: Environment, { name, levelParams, type }: Typed, details: Details): Constant {
  const params = new Set(levelParams);
  if (params.size !== levelParams.length) throw new IllTyped('a level parameter twice');
  sortOf(new Typing(environment, params), type, true);
  return { name, levelParams, type, details };
}

function value(environment: Environment, { levelParams, type }: Typed, body: Expr, steps?: number): void {
  const t = new Typing(environment, new Set(levelParams), steps);
  if (!equalTerms(t, checkType(t, body), type)) throw new IllTyped('a value of another type');
}
