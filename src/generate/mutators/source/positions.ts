import type { Unit } from '../../../api/candidate.js';
import type { Random } from '../../../util/random.js';
import { entriesOfBlock, sayBlock } from '../../source/block.js';
import type { Block } from '../../../ir/source/block.js';
import { contentOf, unitOf } from '../../source/unit-of.js';
import {
  positionsOf,
  replaceAt,
  textOf,
  type Local,
  type Position,
  type Tree,
} from '../../../ir/source/tree.js';

/** A term somewhere in a unit of a candidate. */
export interface UnitPosition extends Position {
  readonly index: number;
}

/** The index of a unit that the test holds for, later ones more often: what is before a change need not run again. */
export function pickUnit(
  random: Random,
  units: readonly Unit[],
  test: (unit: Unit) => boolean,
): number | undefined {
  const fitting = units.flatMap((unit, index) => (test(unit) ? [index] : []));
  return fitting[Math.max(random.below(fitting.length), random.below(fitting.length))];
}

/** A term of a unit, or undefined where no unit has one. */
export function pickPosition(
  random: Random,
  units: readonly Unit[],
  test: (position: Position) => boolean = () => true,
): UnitPosition | undefined {
  const index = pickUnit(random, units, (unit) => positionsOf(contentOf(unit).tree).some(test));
  const unit = index === undefined ? undefined : units[index];
  if (index === undefined || unit === undefined) return undefined;
  return { index, ...random.pick(positionsOf(contentOf(unit).tree).filter(test)) };
}

/** The units with another term at a position; undefined where it is the same one. */
export function withTerm(
  units: readonly Unit[],
  { index, path, tree }: UnitPosition,
  by: Tree,
): Unit[] | undefined {
  if (textOf(by) === textOf(tree)) return undefined;
  return withTree(units, index, (whole) => replaceAt(whole, path, by));
}

/** The units with the tree of one of them changed; what it declares stays. */
export function withTree(
  units: readonly Unit[],
  index: number,
  change: (tree: Tree) => Tree | undefined,
): Unit[] | undefined {
  const unit = units[index];
  if (unit === undefined) return undefined;
  const { tree, entries } = contentOf(unit);
  const changed = change(tree);
  if (changed === undefined || textOf(changed) === textOf(tree)) return undefined;
  return units.with(index, unitOf(unit.kind, { tree: changed, declares: entries }));
}

/** The units with the inductive types of one of them changed. */
export function withBlock(
  units: readonly Unit[],
  index: number,
  change: (block: Block) => Block | undefined,
): Unit[] | undefined {
  const unit = units[index];
  const before = unit === undefined ? undefined : contentOf(unit).block;
  const block = before === undefined ? undefined : change(before);
  if (unit === undefined || block === undefined) return undefined;
  const changed = unitOf(unit.kind, { tree: sayBlock(block), declares: entriesOfBlock(block), block });
  return changed.hash === unit.hash ? undefined : units.with(index, changed);
}

/** Whether a term mentions none of these locals. */
export function isClosed(tree: Tree, locals: readonly Local[]): boolean {
  const words = new Set(textOf(tree).match(/[A-Za-z]\w*/g));
  return locals.every(({ name }) => !(name.match(/[A-Za-z]\w*/g) ?? []).some((word) => words.has(word)));
}
