/**
 * Universe levels as the theory sees them: what a level is under every assignment of its parameters. Each is the maximum
 * of atoms, and an atom counts where none of some parameters, its guard, is 0:
 *
 *     u            is  (u : u)               `u`, where u is not 0
 *     l + 1        is  ( : 1), and what l is, each atom one larger
 *     imax a b     is  what b is, and what a is under the guard of each atom of b: b is 0 iff none of these counts
 *
 * A level is at most another iff each of its atoms is at most one atom of the other: give the atom's parameter a large
 * value, the rest of its guard 1, and all others 0.
 */
import { foldLevel, type LevelFold } from '../../ir/level-fold.js';
import type { Level } from '../../ir/level.js';
import type { Name } from '../../ir/name.js';
import { DontKnow } from '../failure.js';

interface Atom {
  /** Parameters in order, the base among them: the atom is 0 where one of them is. */
  readonly guard: readonly Name[];
  /** A parameter, or null for a number. */
  readonly base: Name | null;
  /** At least 1 for a number. */
  readonly offset: number;
}

/** None of them is at most another one. */
export type Atoms = readonly Atom[];

/** Work that one level, or one comparison, may take; about as many nanoseconds. Each maximum below an imax may double it. */
const maxWork = 200_000_000;
let workLeft = 0;

function work(amount: number): void {
  workLeft -= amount;
  if (workLeft < 0) throw new DontKnow('levels that take too long to compare');
}

const known = new WeakMap<Level, Atoms>();

/** The atoms of a level; DontKnow where that takes too long. */
export function atomsOf(level: Level): Atoms {
  const before = known.get(level);
  if (before !== undefined) return before;
  workLeft = maxWork;
  const atoms = foldLevel(level, toAtoms);
  known.set(level, atoms);
  return atoms;
}

/** Whether the first is at most the second; DontKnow where that takes too long. */
export function allBelow(a: Atoms, b: Atoms): boolean {
  workLeft = maxWork;
  return a.every((atom) => isBelowOne(atom, b));
}

/** Whether the level is 0 under every assignment. */
export function areNone(atoms: Atoms): boolean {
  return atoms.length === 0;
}

/** Whether the level is at least 1 under every assignment. */
export function areNeverNone(atoms: Atoms): boolean {
  return atoms.some(({ guard }) => guard.length === 0);
}

const oneAtom: Atom = { guard: [], base: null, offset: 1 };

const toAtoms: LevelFold<Atoms> = {
  leaf: (level) => {
    if (level.kind === 'zero') return [];
    // No parameter is called like a metavariable; those have no place in a declaration anyway.
    const base = level.kind === 'param' ? level.name : `?\0${level.name}`;
    return [{ guard: [base], base, offset: 0 }];
  },
  succ: (of) => {
    work(of.length + 1);
    const larger = of.map(({ guard, base, offset }): Atom => ({ guard, base, offset: offset + 1 }));
    return areNeverNone(of) ? larger : [oneAtom, ...larger];
  },
  branch: (left, right, { kind }) => (kind === 'max' ? joined(left, right) : guarded(left, right)),
};

function joined(a: Atoms, b: Atoms): Atoms {
  const kept = a.some((atom) => isBelowOne(atom, b)) ? a.filter((atom) => !isBelowOne(atom, b)) : a;
  const added = b.filter((atom) => !isBelowOne(atom, kept));
  work(kept.length + added.length);
  if (added.length === 0) return kept;
  return kept.length === 0 ? added : [...kept, ...added];
}

function guarded(left: Atoms, right: Atoms): Atoms {
  if (left.length === 0 || right.length === 0) return right;
  if (areNeverNone(right)) return joined(left, right);
  let result = right;
  for (const { guard } of right)
    result = joined(
      result,
      pruned(left.map(({ guard: own, base, offset }) => ({ guard: union(own, guard), base, offset }))),
    );
  return result;
}

/** Under a larger guard, some may have become at most others. */
function pruned(atoms: Atoms): Atoms {
  let result: Atoms = [];
  for (const atom of atoms) result = joined(result, [atom]);
  return result;
}

function isBelowOne(atom: Atom, others: Atoms): boolean {
  for (const other of others) if (isBelow(atom, other)) return true;
  return false;
}

function isBelow(a: Atom, b: Atom): boolean {
  work(1);
  if (a.base !== b.base && a.base !== null) return false;
  // A parameter of a guard that holds is at least 1.
  const most = a.base === b.base ? b.offset : b.offset + 1;
  return a.offset <= most && isSubset(b.guard, a.guard);
}

function isSubset(a: readonly Name[], b: readonly Name[]): boolean {
  if (a.length > b.length) return false;
  work(10 + 5 * b.length);
  let at = 0;
  for (const name of a) {
    while (at < b.length && (b[at] as Name) < name) at++;
    if (b[at] !== name) return false;
    at++;
  }
  return true;
}

function union(a: readonly Name[], b: readonly Name[]): readonly Name[] {
  if (isSubset(a, b)) return b;
  if (isSubset(b, a)) return a;
  work(20 * (a.length + b.length));
  return [...new Set([...a, ...b])].sort((x, y) => (x < y ? -1 : 1));
}
