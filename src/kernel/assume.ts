import type { Declaration, Inductive, Safety } from '../ir/declaration.js';
import { uncounted } from '../ir/effort.js';
import { child } from '../ir/name.js';
import { arityOf, domainsOf, resultOf } from '../ir/telescope.js';
import type { Constant, Environment } from './environment.js';
import { checkDeclaration, constantOf, definitionOf, type Opinion } from './check.js';
import { recursorsIn } from './derived.js';
import { isAppliedTo } from './inductive/occurrences.js';
import { recursionOf } from './inductive/positivity.js';

/** A declaration in an environment: what it makes of it, and the theory's opinion, each worked out once. */
class Assumed {
  private environment: Environment | undefined;
  private known: Opinion | undefined;

  constructor(
    readonly before: Environment,
    private readonly declaration: Declaration,
  ) {}

  get after(): Environment {
    return (this.environment ??= extended(this.before, this.declaration, () => this.opinion));
  }

  /** Recursors are not checked again. */
  get opinion(): Opinion {
    return (this.known ??= checkDeclaration(this.before, this.declaration, { rechecksRecursors: false }));
  }
}

/**
 * The last two of each declaration. Who builds and who judges share one; who looks at what a text states begins with a
 * Lean's own constants. What is worked out in an environment is worked out once while it is known here.
 */
const assumed = new WeakMap<Declaration, readonly Assumed[]>();

/**
 * The environment after a declaration that is taken to be fine: nothing is checked beyond what is needed to derive
 * what it adds. Where that fails, an inductive type has no recursors, and only as many indices as are written.
 */
export function assume(environment: Environment, declaration: Declaration): Environment {
  return assumedIn(environment, declaration).after;
}

/**
 * The theory's opinion of an inductive declaration, without checking again the recursors that it derives. Asked once
 * for an environment, however many ask: the recursors of what is assumed come from there.
 */
export function derive(environment: Environment, declaration: Inductive): Opinion {
  return assumedIn(environment, declaration).opinion;
}

function assumedIn(environment: Environment, declaration: Declaration): Assumed {
  const known = assumed.get(declaration) ?? [];
  for (const one of known) if (one.before === environment) return one;
  const [newest] = known;
  const latest = new Assumed(environment, declaration);
  assumed.set(declaration, newest === undefined ? [latest] : [latest, newest]);
  return latest;
}

function extended(environment: Environment, declaration: Declaration, opinion: () => Opinion): Environment {
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
      return assumeInductive(environment, declaration, opinion);
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

/**
 * Whether what a block adds can't be read off it: it has recursors for what it nests, or a type's type is no plain
 * function into a sort, so that its arguments can't be counted as they are written.
 */
function isToBeDerived({ types }: Inductive): boolean {
  const names = new Set(types.map(({ name }) => name));
  return types.some(
    ({ type, constructors }) =>
      resultOf(type).kind !== 'sort' ||
      constructors.some((one) => domainsOf(one.type).some((domain) => isAppliedTo(domain, names))),
  );
}

/** The recursors of a block, when somebody asks for one; types and constructors as they are written, where that is enough. */
function assumeInductive(
  environment: Environment,
  declaration: Inductive,
  opinion: () => Opinion,
): Environment {
  const derived = (): Environment | undefined => {
    const known = opinion();
    return known.kind === 'accept' ? known.environment : undefined;
  };
  const made = isToBeDerived(declaration) ? uncounted(derived) : undefined;
  const written = writtenConstants(declaration);
  const constants = made === undefined ? written : written.map((one) => made.find(one.name) ?? one);
  const recursors =
    made === undefined
      ? declaration.types.map(({ name }) => child(name, 'rec'))
      : recursorsIn(made, declaration).map(({ name }) => name);
  return environment.extend(constants, new Map(recursors.map((name) => [name, () => derived()?.find(name)])));
}

function writtenConstants(declaration: Inductive): Constant[] {
  const { levelParams, parameters, types } = declaration;
  const block = types.map((type) => type.name);
  const recursion = recursionOf(declaration);
  const safety = flagged(declaration);
  return types.flatMap(({ name, type, constructors }): Constant[] => [
    {
      ...{ name, levelParams, type, safety },
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
      ...{ name: constructor.name, levelParams, type: constructor.type, safety },
      details: {
        kind: 'constructor',
        inductive: name,
        parameters,
        fields: arityOf(constructor.type) - parameters,
      },
    })),
  ]);
}
