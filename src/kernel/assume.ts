import type { Declaration, Inductive, Safety } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
import { child, type Name } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';
import { checkDeclaration, constantOf, definitionOf, type Opinion } from './check.js';
import { recursionOf } from './inductive/positivity.js';
import { arityOf } from '../ir/telescope.js';

/** An environment that a declaration was assumed in, and what that gave. */
interface Assumed {
  readonly before: Environment;
  readonly after: Environment;
  /** The theory's opinion of it there, recursors not checked again; once somebody has asked. */
  opinion?: Opinion;
}

/**
 * The last two of each declaration. Who builds and who judges share one; who looks at what a text states begins with a
 * Lean's own constants. What is worked out in an environment is worked out once while it is known here.
 */
const assumed = new WeakMap<Declaration, readonly Assumed[]>();

/**
 * The environment after a declaration that is taken to be fine: nothing is checked beyond what is needed to derive
 * what it adds. Where that fails, the environment stays as it was.
 */
export function assume(environment: Environment, declaration: Declaration): Environment {
  return assumedIn(environment, declaration).after;
}

/**
 * The theory's opinion of an inductive declaration, without checking again the recursors that it derives. Asked once
 * for an environment, however many ask: the recursors of what is assumed come from there.
 */
export function derive(environment: Environment, declaration: Inductive): Opinion {
  const known = assumedIn(environment, declaration);
  known.opinion ??= checkDeclaration(environment, declaration, { rechecksRecursors: false });
  return known.opinion;
}

function assumedIn(environment: Environment, declaration: Declaration): Assumed {
  const known = assumed.get(declaration) ?? [];
  for (const one of known) if (one.before === environment) return one;
  const [newest] = known;
  const latest: Assumed = { before: environment, after: extended(environment, declaration) };
  assumed.set(declaration, newest === undefined ? [latest] : [latest, newest]);
  return latest;
}

function extended(environment: Environment, declaration: Declaration): Environment {
  switch (declaration.kind) {
    case 'definition':
      return environment.extend([definitionOf(declaration)]);
    case 'theorem':
      return environment.extend([constantOf(declaration, { kind: 'theorem', value: declaration.value })]);
    case 'opaque': {
      const details = { kind: 'opaque', value: declaration.value } as const;
      return environment.extend([constantOf(declaration, details, flagged(declaration))]);
    }
    case 'axiom':
      return environment.extend([constantOf(declaration, { kind: 'axiom' }, flagged(declaration))]);
    case 'inductive':
      return assumeInductive(environment, declaration);
    case 'mutual':
      return environment.extend(declaration.definitions.map(definitionOf));
    case 'quotient':
    case 'bare quotient':
      return environment;
  }
}

function flagged({ unsafe }: { readonly unsafe: boolean }): Safety {
  return unsafe ? 'unsafe' : 'safe';
}

/** How many arguments a type's type takes: kernels reduce it, so that notes around its parts do not count. */
function arityBehindNotes(type: Expr): number {
  let arity = 0;
  for (let rest = type; ;) {
    if (rest.kind === 'mdata') rest = rest.of;
    else if (rest.kind !== 'pi') return arity;
    else {
      rest = rest.body;
      arity++;
    }
  }
}

/** Types and constructors as they are written; recursors when somebody asks for one. */
function assumeInductive(environment: Environment, declaration: Inductive): Environment {
  const { levelParams, parameters, types } = declaration;
  const block = types.map((type) => type.name);
  const recursion = recursionOf(declaration);
  const safety = flagged(declaration);
  const constants = types.flatMap(({ name, type, constructors }): Constant[] => [
    {
      name,
      levelParams,
      type,
      safety,
      details: {
        kind: 'inductive',
        parameters,
        indices: arityBehindNotes(type) - parameters,
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
      safety,
      details: {
        kind: 'constructor',
        inductive: name,
        parameters,
        fields: arityOf(constructor.type) - parameters,
      },
    })),
  ]);
  const recursor = (name: Name): Constant | undefined => {
    const opinion = derive(environment, declaration);
    return opinion.kind === 'accept' ? opinion.environment.find(name) : undefined;
  };
  const lazy = block.map((name) => [child(name, 'rec'), () => recursor(child(name, 'rec'))] as const);
  return environment.extend(constants, new Map(lazy));
}
