/**
 * Smaller forms of an expression, for minimising: nothing here is typed, whoever asks tries what comes. Each function
 * lists the most daring ones first.
 */
import { Bool, False, Nat, True, yes } from './core-constants.js';
import { childrenOf, instantiate, lift } from './expr-ops.js';
import { bvar, constant, nat, sort, type Expr } from './expr.js';
import { isBranch } from './level-kinds.js';
import { branch, one, succ, zero, type Level } from './level.js';
import { sameLevel } from './same-level.js';
import { positionsOf } from './positions.js';
import { noLoose, rewrite, Rewrite } from './rewrite.js';
import { isSmallLevel } from './simplify-level.js';

/** The smallest terms: of a sort each, and of the types that proofs are about. */
const leaves: readonly Expr[] = [sort(zero), True, constant('True.intro'), False, Nat, nat(0), Bool, yes];

/** Descendants that are looked at as replacements of one node. */
const maxHoisted = 48;

/** Candidates to replace a node: leaves, its variables, its descendants, its reducts, smaller levels. */
export function smallerForms(expr: Expr): Expr[] {
  if (childrenOf(expr).length === 0) return smallerLeaves(expr);
  return [...leaves, ...variablesOf(expr), ...hoisted(expr), ...reducts(expr)];
}

function smallerLeaves(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'sort':
      return smallerLevels(expr.level).map(sort);
    case 'const':
      return expr.levels.flatMap((level, at) =>
        smallerLevels(level).map((smaller) => constant(expr.name, expr.levels.with(at, smaller))),
      );
    case 'nat':
      return [0n, 1n, 2n, expr.value >> 1n, expr.value - 1n]
        .filter((value) => value >= 0n && value < expr.value)
        .map(nat);
    case 'bvar':
      return expr.index === 0 ? [] : [bvar(0), bvar(expr.index - 1)];
    default:
      return [];
  }
}

/** Levels below a level, and the parts that it is made of. */
export function smallerLevels(level: Level): Level[] {
  const parts = isSmallLevel(level, maxSmall) ? partsOf(level) : sidesOf(level);
  return [zero, one, ...parts].filter((smaller) => !sameLevel(smaller, level) && level.kind !== 'zero');
}

/** Nodes of a level all of whose parts are tried: of larger ones only the two that it is made of. */
const maxSmall = 200;

function sidesOf(level: Level): Level[] {
  if (level.kind === 'succ') return [level.of];
  return isBranch(level) ? [level.left, level.right] : [];
}

function partsOf(level: Level): Level[] {
  switch (level.kind) {
    case 'succ':
      return [level.of, ...partsOf(level.of).map((of) => succ(of))];
    case 'max':
    case 'imax': {
      const { kind, left, right } = level;
      return [
        left,
        right,
        ...[zero, one, ...partsOf(left)].map((smaller) => branch(kind, smaller, right)),
        ...[zero, one, ...partsOf(right)].map((smaller) => branch(kind, left, smaller)),
      ];
    }
    default:
      return [];
  }
}

/** The loose variables that the node mentions. */
function variablesOf(expr: Expr): Expr[] {
  const indices = new Set<number>();
  for (const { expr: node, binders } of positionsOf(expr, 200)) {
    if (node.kind === 'bvar' && node.index >= binders) indices.add(node.index - binders);
  }
  return [...indices].sort((a, b) => a - b).map(bvar);
}

/** Descendants that make sense outside of the binders that they stand under, the shallow ones first. */
function hoisted(expr: Expr): Expr[] {
  return positionsOf(expr, maxHoisted).flatMap(({ path, expr: node, binders }) => {
    if (path.length === 0 || mentionsBelow(node, binders)) return [];
    return [lift(node, -binders)];
  });
}

/** One step of computation at the node itself. */
function reducts(expr: Expr): Expr[] {
  if (expr.kind === 'let') return [instantiate(expr.body, expr.value)];
  if (expr.kind === 'app' && expr.fn.kind === 'lambda') return [instantiate(expr.fn.body, expr.arg)];
  return [];
}

/** Whether one of the innermost `count` loose variables occurs. */
export function mentionsBelow(expr: Expr, count: number): boolean {
  let found = false;
  const search = new Rewrite(
    (e, depth) => {
      if (e.kind === 'bvar' && e.index >= depth && e.index < depth + count) {
        found = true;
        search.looseFrom = noLoose; // that is enough
      }
      return e;
    },
    0,
    0,
  );
  if (count > 0) rewrite(expr, 0, search);
  return found;
}
