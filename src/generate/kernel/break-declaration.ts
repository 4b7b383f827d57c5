import { Bool, False } from '../../ir/core-constants.js';
import type { Declaration, Inductive } from '../../ir/declaration.js';
import { declaredNames, safeties } from '../../ir/declaration.js';
import { app, bvar, constant, fvar, mvar, pi, sort, type Expr } from '../../ir/expr.js';
import { instantiateAll, lift } from '../../ir/expr-ops.js';
import { imax, param, succ, zero } from '../../ir/level.js';
import { mentionedNames } from '../../ir/mentioned.js';
import { renameDeclaration } from '../../ir/rename.js';
import type { Random } from '../../util/random.js';
import { someTerm } from './break-term.js';
import type { Context } from './context.js';
import { domainsOf, resultOf } from '../../ir/telescope.js';

/** Breaks a declaration as a whole; undefined where it does not apply. */
export interface DeclarationOperator {
  readonly name: string;
  readonly apply: (random: Random, declaration: Declaration, context: Context) => Declaration | undefined;
}

const taken = ['Nat', 'Nat.rec', 'Eq', 'False', 'Quot', 'Quot.mk', 'Nat.add'];

export const declarationOperators: readonly DeclarationOperator[] = [
  {
    name: 'taken name',
    apply: (random, declaration, { environment }) => {
      const own = environment.added.map((constant) => constant.name);
      return renameFirst(declaration, random.pick([...taken, ...own]));
    },
  },
  {
    name: 'own name twice',
    apply: (random, declaration) => {
      const names = declaredNames(declaration);
      if (names.length < 2) return undefined;
      const [from, to] = [random.pick(names.slice(1)), names[0] ?? ''];
      const isRecursor = declaration.kind === 'inductive' && random.chance(0.3);
      return renameDeclaration(declaration, new Map([[from, isRecursor ? `${to}.rec` : to]]));
    },
  },
  {
    name: 'declared type',
    apply: (random, declaration, context) =>
      // An axiom that is False would be in order, and speak for nobody.
      withType(
        declaration,
        declaration.kind !== 'axiom' && random.chance(0.5) ? False : someTerm(random, context),
      ),
  },
  {
    name: 'declared value',
    apply: (random, declaration, context) => withValue(declaration, someTerm(random, context)),
  },
  {
    name: 'level parameter twice',
    apply: (_, declaration) => withLevelParams(declaration, ['u', 'u', 'v']),
  },
  {
    name: 'unlike level parameters',
    apply: (random, declaration) => {
      if (declaration.kind !== 'mutual' || declaration.definitions.length < 2) return undefined;
      const at = random.below(declaration.definitions.length);
      const definitions = declaration.definitions.map((definition, i) =>
        i === at ? { ...definition, levelParams: otherList(random, definition.levelParams) } : definition,
      );
      return { ...declaration, definitions };
    },
  },
  {
    name: 'unlike safety',
    apply: (random, declaration) => {
      if (declaration.kind !== 'mutual') return undefined;
      const { definitions } = declaration;
      const at = random.below(definitions.length);
      const others = safeties.filter((safety) => safety !== definitions[at]?.safety);
      // One alone that is partial, where it was unsafe, is in order.
      const safety = definitions.length > 1 ? random.pick(others) : 'safe';
      return {
        ...declaration,
        definitions: definitions.map((one, i) => (i === at ? { ...one, safety } : one)),
      };
    },
  },
  {
    name: 'no level parameters',
    apply: (_, declaration) =>
      levelParamsOf(declaration).length > 0 ? withLevelParams(declaration, []) : undefined,
  },
  {
    name: 'theorem of data',
    apply: (_, declaration) => {
      if (declaration.kind !== 'definition') return undefined;
      const { name, levelParams, type, value } = declaration;
      return { kind: 'theorem', name, levelParams, type, value };
    },
  },
  inductive('parameter count', (random, declaration) => ({
    ...declaration,
    parameters: Math.max(0, declaration.parameters + random.pick([-1, 1, 5])),
  })),
  inductive('result sort', (random, declaration) => {
    const at = random.below(declaration.types.length);
    return withTypes(declaration, at, (type) =>
      replaceResult(
        type,
        sort(random.pick([zero, succ(zero), imax(succ(zero), zero), imax(zero, succ(zero))])),
      ),
    );
  }),
  inductive('negative field', (random, declaration) =>
    withConstructor(random, declaration, (type, self) =>
      pi('n', pi('a', self, random.pick([False, Bool, lift(self, 1)])), lift(type, 1)),
    ),
  ),
  inductive('self inside a type', (random, declaration) =>
    withConstructor(random, declaration, (type, self) =>
      pi('e', app(constant('Eq', [succ(succ(zero))]), sort(succ(zero)), self, self), lift(type, 1)),
    ),
  ),
  inductive('name of the kernel', (random, declaration, { environment }) => {
    const containers = [...mentionedNames(declaration)].filter(
      (name) => environment.find(name)?.details.kind === 'inductive',
    );
    if (containers.length === 0) return undefined;
    const name = `_nested.${random.pick(containers)}_${random.between(1, 2)}`;
    const levels = declaration.levelParams.map(param);
    const parameters = Array.from({ length: declaration.parameters }, (_, i) =>
      bvar(declaration.parameters - 1 - i),
    );
    return withConstructor(random, declaration, (type) =>
      pi('n', app(constant(name, levels), ...parameters), lift(type, 1)),
    );
  }),
  inductive('argument beside a nested type', (random, declaration, context) => {
    const containers = context.environment.added.filter(({ details, type }) => {
      const isType = ({ kind }: Expr): boolean => kind === 'sort';
      return details.kind === 'inductive' && details.parameters > 1 && domainsOf(type).some(isType);
    });
    if (containers.length === 0) return undefined;
    const { name, levelParams, type: container } = random.pick(containers);
    const domains = domainsOf(container);
    const inside = random.pick(domains.flatMap(({ kind }, at) => (kind === 'sort' ? [at] : [])));
    // Once the nested type is taken out, nobody may look at what stood beside it.
    const beside = (): Expr =>
      random.chance(0.5)
        ? someTerm(random, context)
        : random.pick([fvar('_kernel_fresh.0'), fvar('x'), mvar('m')]);
    return withConstructor(random, declaration, (type, self) => {
      const args = domains.map((_, at) => (at === inside ? self : beside()));
      const levels = levelParams.map(() => random.pick([zero, ...declaration.levelParams.map(param)]));
      return pi('n', app(constant(name, levels), ...args), lift(type, 1));
    });
  }),
  inductive('large field', (random, declaration) =>
    withConstructor(random, declaration, (type) =>
      pi('s', sort(random.pick([zero, succ(zero), succ(succ(zero))])), lift(type, 1)),
    ),
  ),
  inductive('constructor of another type', (random, declaration) =>
    withConstructor(random, declaration, (type) =>
      replaceResult(type, constant(random.pick(['Nat', 'True', 'False']))),
    ),
  ),
];

function inductive(
  name: string,
  apply: (random: Random, declaration: Inductive, context: Context) => Inductive | undefined,
): DeclarationOperator {
  return {
    name,
    apply: (random, declaration, context) =>
      declaration.kind === 'inductive' ? apply(random, declaration, context) : undefined,
  };
}

function renameFirst(declaration: Declaration, name: string): Declaration | undefined {
  const [first] = declaredNames(declaration);
  return first === undefined ? undefined : renameDeclaration(declaration, new Map([[first, name]]));
}

function withType(declaration: Declaration, type: Expr): Declaration | undefined {
  return 'type' in declaration ? { ...declaration, type } : undefined;
}
function withValue(declaration: Declaration, value: Expr): Declaration | undefined {
  return 'value' in declaration ? { ...declaration, value } : undefined;
}
function levelParamsOf(declaration: Declaration): readonly string[] {
  return 'levelParams' in declaration ? declaration.levelParams : [];
}
function withLevelParams(declaration: Declaration, levelParams: readonly string[]): Declaration | undefined {
  return 'levelParams' in declaration ? { ...declaration, levelParams } : undefined;
}

/** Another list of level parameters, which hardly changes what they are used for. */
function otherList(random: Random, names: readonly string[]): readonly string[] {
  return random.pick([[...names, 'w'], ['w', ...names], names.toReversed(), names.slice(0, -1)]);
}

function withTypes(declaration: Inductive, at: number, change: (type: Expr) => Expr): Inductive {
  return {
    ...declaration,
    types: declaration.types.map((type, i) => (i === at ? { ...type, type: change(type.type) } : type)),
  };
}

/**
 * Changes one constructor, behind the parameters: `change` gets what is left of its type, and the type that it makes.
 */
function withConstructor(
  random: Random,
  declaration: Inductive,
  change: (type: Expr, self: Expr) => Expr,
): Inductive | undefined {
  const at = random.below(declaration.types.length);
  const type = declaration.types[at];
  if (type === undefined || type.constructors.length === 0) return undefined;
  const which = random.below(type.constructors.length);
  const constructors = type.constructors.map((constructor, i) =>
    i === which
      ? { ...constructor, type: behindParameters(constructor.type, declaration.parameters, change) }
      : constructor,
  );
  return { ...declaration, types: declaration.types.with(at, { ...type, constructors }) };
}

function behindParameters(type: Expr, parameters: number, change: (type: Expr, self: Expr) => Expr): Expr {
  if (parameters > 0 && type.kind === 'pi') {
    return pi(type.name, type.type, behindParameters(type.body, parameters - 1, change), type.info);
  }
  // In front of the fields, indices that mention them can't be said: a number has to do.
  const fields = domainsOf(type).map(() => constant('Nat.zero'));
  return change(type, instantiateAll(resultOf(type), fields));
}

function replaceResult(type: Expr, result: Expr): Expr {
  return type.kind === 'pi' ? pi(type.name, type.type, replaceResult(type.body, result), type.info) : result;
}
