import type { Declaration, Inductive } from '../ir/declaration.js';
import { child, type Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { DontKnow, IllTyped } from './failure.js';
import { addInductive } from './inductive.js';
import { recursionOf } from './inductive/positivity.js';
import { strictRules, type Rules } from './rules.js';
import { arityOf } from '../ir/telescope.js';

/** Recursors that somebody asks for are derived, and not checked again. */
const unquestioned: Rules = { ...strictRules, rechecksRecursors: false };

/** An environment that a declaration was assumed in, and what that gave. */
interface Assumed {
  readonly before: Environment;
  readonly after: Environment;
}

/**
 * The last two of each declaration. Who builds and who judges share one; who looks at what a declaration states begins with
 * a Lean's own constants. What is worked out on request in an environment is worked out once while it is known here.
 */
const assumed = new WeakMap<Declaration, readonly Assumed[]>();

/**
 * The environment after a declaration that is taken to be fine: nothing is checked beyond what is needed to derive
 * what it adds. Where that fails, the environment stays as it was.
 */
export function assume(environment: Environment, declaration: Declaration): Environment {
  const known = assumed.get(declaration) ?? [];
  for (const { before, after } of known) if (before === environment) return after;
  const after = extended(environment, declaration);
  const [newest] = known;
  const latest = { before: environment, after };
  assumed.set(declaration, newest === undefined ? [latest] : [latest, newest]);
  return after;
}

function extended(environment: Environment, declaration: Declaration): Environment {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque': {
      const { name, levelParams, type, value } = declaration;
      const details =
        declaration.kind === 'definition'
          ? { kind: declaration.kind, value, hint: declaration.hint }
          : { kind: declaration.kind, value };
      return environment.extend([{ name, levelParams, type, details }]);
    }
    case 'axiom': {
      const { name, levelParams, type } = declaration;
      return environment.extend([{ name, levelParams, type, details: { kind: 'axiom' } }]);
    }
    case 'inductive':
      return assumeInductive(environment, declaration);
    case 'mutual':
    case 'quotient':
      return environment;
  }
}

/** Types and constructors as they are written; recursors when somebody asks for one. */
function assumeInductive(environment: Environment, declaration: Inductive): Environment {
  const { levelParams, parameters, types } = declaration;
  const block = types.map((type) => type.name);
  const recursion = recursionOf(declaration);
  const constants = types.flatMap(({ name, type, constructors }): Constant[] => [
    {
      name,
      levelParams,
      type,
      details: {
        kind: 'inductive',
        parameters,
        indices: arityOf(type) - parameters,
        block,
        constructors: constructors.map((constructor) => constructor.name),
        ...recursion,
        nested: 0,
      },
    },
    ...constructors.map((constructor): Constant => ({
      name: constructor.name,
      levelParams,
      type: constructor.type,
      details: {
        kind: 'constructor',
        inductive: name,
        parameters,
        fields: arityOf(constructor.type) - parameters,
      },
    })),
  ]);
  const recursor = (name: Name): Constant | undefined => {
    try {
      return addInductive(environment, declaration, { rules: unquestioned }).find(name);
    } catch (error) {
      if (error instanceof IllTyped || error instanceof DontKnow || error instanceof RangeError)
        return undefined;
      throw error;
    }
  };
  const lazy = block.map((name) => [child(name, 'rec'), () => recursor(child(name, 'rec'))] as const);
  return environment.extend(constants, new Map(lazy));
}
