import type { Unit } from '../../../api/candidate.js';
import { contentOf } from '../../source/unit-of.js';
import { positionsOf, textOf } from '../../../ir/source/tree.js';
import { sameType } from '../../../ir/source/types.js';
import { without } from '../dependencies.js';
import { isClosed, withTerm } from './positions.js';

/**
 * Smaller versions of a list of units, the ones that save most first: without a unit and what builds on it, then with
 * a term replaced by a part of it that has the same type.
 */
export function* reductionsOf(units: readonly Unit[]): Generator<Unit[]> {
  for (let index = units.length - 1; index >= 1 && units.length > 2; index--)
    yield without(units, new Set([index]));
  for (let index = units.length - 1; index >= 1; index--) {
    const smaller = withSmallerTerm(units, index);
    if (smaller !== undefined) yield smaller;
  }
}

/** The units with the largest possible saving in one term of one of them. */
function withSmallerTerm(units: readonly Unit[], index: number): Unit[] | undefined {
  const unit = units[index];
  if (unit === undefined) return undefined;
  const savings = positionsOf(contentOf(unit).tree).flatMap((position) =>
    positionsOf(position.tree)
      .filter(({ path, tree }) => path.length > 0 && sameType(tree.goal, position.tree.goal))
      .filter(({ tree, locals }) => isClosed(tree, locals))
      .map(({ tree }) => ({ position, tree, saved: textOf(position.tree).length - textOf(tree).length })),
  );
  const best = savings.sort((a, b) => b.saved - a.saved)[0];
  return best === undefined ? undefined : withTerm(units, { index, ...best.position }, best.tree);
}
