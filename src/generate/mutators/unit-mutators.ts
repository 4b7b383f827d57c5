import type { Unit } from '../../api/candidate.js';
import { independent, withDependencies, without } from './dependencies.js';
import type { Mutator } from './mutator.js';

// The first unit of a source-level candidate sets options and stays where it is.

/** New units behind the parent's: costs only the tail, the parent's state is kept by the executor. */
const extend: Mutator = {
  name: 'extend',
  weight: 6,
  mutate: (parent, { random, grow, maxUnits }) =>
    parent.length < maxUnits
      ? grow(parent, random.chance(0.8) ? 1 : Math.min(2, maxUnits - parent.length))
      : undefined,
};

/** The parent's last units made anew. */
const regrow: Mutator = {
  name: 'regrow',
  weight: 4,
  mutate: (parent, { random, grow }) => {
    if (parent.length < 3) return undefined;
    const dropped = random.chance(0.8) ? 1 : 2;
    return grow(parent.slice(0, parent.length - dropped), dropped);
  },
};

/** A unit of another entry, with what it builds on, behind the parent's. */
const splice: Mutator = {
  name: 'splice',
  weight: 2,
  crosses: true,
  mutate: (parent, { random, other, maxUnits }) => {
    if (other.length === 0) return undefined;
    const known = new Set(parent.map(nameOf));
    const slice = withDependencies(other, random.below(other.length)).filter(
      (unit) => unit.kind !== 'options' && !known.has(nameOf(unit)),
    );
    const spliced = [...parent, ...slice];
    return slice.length > 0 && spliced.length <= maxUnits ? spliced : undefined;
  },
};

/** One unit less, and whatever built on it. */
const drop: Mutator = {
  name: 'drop',
  weight: 1,
  mutate: (parent, { random }) => {
    if (parent.length < 3) return undefined;
    return without(parent, new Set([random.between(1, parent.length - 1)]));
  },
};

/** Two neighbours that do not build on each other, the other way round. */
const reorder: Mutator = {
  name: 'reorder',
  weight: 1,
  mutate: (parent, { random }) => {
    if (parent.length < 3) return undefined;
    const at = random.between(1, parent.length - 2);
    const [first, second] = [parent[at], parent[at + 1]];
    if (first === undefined || second === undefined || !independent(first, second)) return undefined;
    return [...parent.slice(0, at), second, first, ...parent.slice(at + 2)];
  },
};

export const unitMutators: readonly Mutator[] = [extend, regrow, splice, drop, reorder];

/** The identity of a unit: the first name that it declares, or the hash of its content. */
function nameOf(unit: Unit): string {
  return unit.declares[0] ?? unit.hash;
}
