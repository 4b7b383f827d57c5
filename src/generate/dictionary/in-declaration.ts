import type { Declaration } from '../../ir/declaration.js';
import { constant, nat, sort, string, type Expr } from '../../ir/expr.js';
import { param, zero, type Level } from '../../ir/level.js';
import { mapLeaves } from '../../ir/map-leaves.js';
import { mapLevel } from '../../ir/map-level.js';
import type { Name } from '../../ir/name.js';
import type { Environment } from '../../kernel/environment.js';
import type { Random } from '../../util/random.js';
import { breakTerm } from '../kernel/breaker.js';
import type { Context } from '../kernel/context.js';
import { rewriteOne } from '../kernel/positions.js';
import type { Token } from './token.js';

/** A declaration with a token in it; undefined where it has no place for one. */
export function putInDeclaration(
  random: Random,
  token: Token,
  declaration: Declaration,
  context: Context,
): Declaration | undefined {
  const params = levelParamsOf(declaration);
  const put = (root: Expr): Expr | undefined => putInTerm(random, token, root, params, context.environment);
  return breakTerm(random, declaration, { name: 'dictionary', apply: (_, root) => put(root) }, context);
}

function putInTerm(
  random: Random,
  token: Token,
  root: Expr,
  params: readonly Name[],
  environment: Environment,
): Expr | undefined {
  switch (token.kind) {
    case 'number':
      return (
        rewriteOne(random, root, isNumber, () => nat(token.value)) ?? atAny(random, root, nat(token.value))
      );
    case 'string': {
      const literal = string(token.value);
      return (
        rewriteOne(
          random,
          root,
          ({ kind }) => kind === 'string',
          () => literal,
        ) ?? atAny(random, root, literal)
      );
    }
    case 'name': {
      const count = environment.find(token.text)?.levelParams.length;
      const named = (levels: readonly Level[]): Expr =>
        constant(
          token.text,
          count === undefined
            ? levels
            : Array.from({ length: count }, (_, at) => levels[at] ?? params.map(param)[at] ?? zero),
        );
      // In the place of another constant most often: what stands around it has arguments for one.
      const byOther = rewriteOne(
        random,
        root,
        ({ kind }) => kind === 'const',
        ({ expr }) => named(expr.kind === 'const' ? expr.levels : []),
      );
      return byOther ?? atAny(random, root, named([]));
    }
    case 'level':
      return putLevel(random, root, spokenIn(token.level, params));
    case 'term':
      return token.tree === undefined ? undefined : atAny(random, root, withLevels(token.tree, params));
    case 'command':
      return undefined;
  }
}

function isNumber(expr: Expr): boolean {
  return expr.kind === 'nat' || (expr.kind === 'const' && expr.name === 'Nat.zero');
}

/** A closed term in the place of any other. */
function atAny(random: Random, root: Expr, by: Expr): Expr | undefined {
  return rewriteOne(
    random,
    root,
    ({ kind }) => kind !== 'lambda',
    () => by,
  );
}

function putLevel(random: Random, root: Expr, level: Level): Expr | undefined {
  const hasLevel = (expr: Expr): boolean =>
    expr.kind === 'sort' || (expr.kind === 'const' && expr.levels.length > 0);
  return rewriteOne(random, root, hasLevel, ({ expr }) => {
    if (expr.kind !== 'const') return sort(level);
    return constant(expr.name, expr.levels.with(random.below(expr.levels.length), level));
  });
}

/** A level in a declaration's own parameters: the first that a token names is its first one. */
function spokenIn(level: Level, params: readonly Name[]): Level {
  const names: Name[] = [];
  return mapLevel(level, (leaf) => {
    if (leaf.kind !== 'param') return leaf;
    if (!names.includes(leaf.name)) names.push(leaf.name);
    const own = params[names.indexOf(leaf.name) % Math.max(1, params.length)];
    return own === undefined ? zero : param(own);
  });
}

/** A term with the levels in it said in a declaration's own parameters. */
export function withLevels(expr: Expr, params: readonly Name[]): Expr {
  const own = (level: Level): Level => spokenIn(level, params);
  return mapLeaves(expr, (leaf) => {
    if (leaf.kind === 'sort') return sort(own(leaf.level));
    return leaf.kind === 'const' ? constant(leaf.name, leaf.levels.map(own)) : leaf;
  });
}

function levelParamsOf(declaration: Declaration): readonly Name[] {
  if (declaration.kind === 'mutual') return declaration.definitions[0]?.levelParams ?? [];
  return 'levelParams' in declaration ? declaration.levelParams : [];
}
