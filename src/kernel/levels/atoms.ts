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
import type { Budget } from './budget.js';

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

/** Atoms by identity. Here, not in a kernel: those come and go with each question, and levels stay. */
const known = new WeakMap<Level, Atoms>();

/** The atoms of a level. Each maximum below an imax may double them: DontKnow where that takes too long. */
export function atomsOf(level: Level, budget: Budget): Atoms {
  const before = known.get(level);
  if (before !== undefined) return before;
  const atoms = foldLevel(level, toAtoms(budget));
  known.set(level, atoms);
  return atoms;
}

/** Whether the first is at most the second; DontKnow where that takes too long. */
export function allBelow(a: Atoms, b: Atoms, budget: Budget): boolean {
  return a.every((atom) => isBelowOne(atom, b, budget));
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

const toAtoms = (budget: Budget): LevelFold<Atoms> => ({
  leaf: (level) => {
    if (level.kind === 'zero') return [];
    // No parameter is called like a metavariable; those have no place in a declaration anyway.
    const base = level.kind === 'param' ? level.name : `?\0${level.name}`;
    return [{ guard: [base], base, offset: 0 }];
  },
  succ: (of) => {
    budget.spend(of.length + 1);
    const larger = of.map(({ guard, base, offset }): Atom => ({ guard, base, offset: offset + 1 }));
    return areNeverNone(of) ? larger : [oneAtom, ...larger];
  },
  branch: (left, right, { kind }) =>
    kind === 'max' ? joined(left, right, budget) : guarded(left, right, budget),
});

function joined(a: Atoms, b: Atoms, budget: Budget): Atoms {
  const kept = a.some((atom) => isBelowOne(atom, b, budget))
    ? a.filter((atom) => !isBelowOne(atom, b, budget))
    : a;
  const added = b.filter((atom) => !isBelowOne(atom, kept, budget));
  budget.spend(kept.length + added.length);
  if (added.length === 0) return kept;
  return kept.length === 0 ? added : [...kept, ...added];
}

function guarded(left: Atoms, right: Atoms, budget: Budget): Atoms {
  if (left.length === 0 || right.length === 0) return right;
  if (areNeverNone(right)) return joined(left, right, budget);
  let result = right;
  for (const guard of leastGuards(right, budget)) result = joined(result, under(guard, left, budget), budget);
  return result;
}

/** Guards of atoms; where one holds only where another one does, that one alone. */
function leastGuards(atoms: Atoms, budget: Budget): (readonly Name[])[] {
  const least: (readonly Name[])[] = [];
  for (const { guard } of [...atoms].sort((a, b) => a.guard.length - b.guard.length))
    if (!least.some((smaller) => isSubset(smaller, guard, budget))) least.push(guard);
  return least;
}

/** Atoms that count only where a guard holds, too. */
function under(guard: readonly Name[], atoms: Atoms, budget: Budget): Atoms {
  const guards = atoms.map((atom): Atom => {
    const both = union(atom.guard, guard, budget);
    return both === atom.guard ? atom : { guard: both, base: atom.base, offset: atom.offset };
  });
  return guards.every((atom, i) => atom === atoms[i]) ? atoms : pruned(guards, budget);
}

/** Under a larger guard, some may have become at most others. */
function pruned(atoms: Atoms, budget: Budget): Atoms {
  let result: Atoms = [];
  for (const atom of atoms) result = joined(result, [atom], budget);
  return result;
}

function isBelowOne(atom: Atom, others: Atoms, budget: Budget): boolean {
  for (const other of others) if (isBelow(atom, other, budget)) return true;
  return false;
}

function isBelow(a: Atom, b: Atom, budget: Budget): boolean {
  budget.spend(1);
  if (a.base !== b.base && a.base !== null) return false;
  // A parameter of a guard that holds is at least 1.
  const most = a.base === b.base ? b.offset : b.offset + 1;
  return a.offset <= most && isSubset(b.guard, a.guard, budget);
}

function isSubset(a: readonly Name[], b: readonly Name[], budget: Budget): boolean {
  if (a.length > b.length) return false;
  budget.spend(20 + 15 * b.length);
  let at = 0;
  for (const name of a) {
    while (at < b.length && (b[at] as Name) < name) at++;
    if (b[at] !== name) return false;
    at++;
  }
  return true;
}

function union(a: readonly Name[], b: readonly Name[], budget: Budget): readonly Name[] {
  if (isSubset(b, a, budget)) return a;
  if (isSubset(a, b, budget)) return b;
  budget.spend(40 * (a.length + b.length));
  return [...new Set([...a, ...b])].sort((x, y) => (x < y ? -1 : 1));
}
