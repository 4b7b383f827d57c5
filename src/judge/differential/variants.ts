/**
 * A candidate said in other ways that mean the same: the kernel has to give the same answers. Only kernel-level units
 * have variants; elaboration does look at names and order.
 */
import type { Unit } from '../../api/candidate.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { sort } from '../../ir/expr.js';
import { one, zero } from '../../ir/level.js';
import { expressionsOf, mentionedNames } from '../../ir/mentioned.js';
import type { Name } from '../../ir/name.js';
import { renameBound } from '../../ir/rename-bound.js';
import { renameDeclaration } from '../../ir/rename.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Random } from '../../util/random.js';
import { areOrdered, canonical, readUnit, type ReadUnit } from './dependence.js';
import { restatements } from './restatements.js';
import type { Variant } from './variant.js';

/** Nodes that a declaration may have when nothing is shared in it. */
const maxUnsharedSize = 5000;

/**
 * The variants of a candidate; those that would be the candidate itself are left out (one order only, nothing
 * shared), and all of them for units of the source level.
 */
export function variantsOf(random: Random, units: readonly Unit[]): Variant[] {
  return waysOf(random, units).flatMap((way) => way() ?? []);
}

/** One of the variants of a candidate, and only that one made; undefined where there is none. */
export function variantOf(random: Random, units: readonly Unit[]): Variant | undefined {
  const ways = waysOf(random, units);
  while (ways.length > 0) {
    const [way] = ways.splice(random.below(ways.length), 1);
    const variant = way?.();
    if (variant !== undefined) return variant;
  }
  return undefined;
}

/** A way to say a candidate otherwise; undefined where it would be the candidate itself. */
type Way = () => Variant | undefined;

function waysOf(random: Random, units: readonly Unit[]): Way[] {
  const kernel = units.filter((unit) => unit.form === 'kernel');
  if (kernel.length === 0 || kernel.length < units.length) return [];
  const read = kernel.map(readUnit);
  const tag = random.uint32().toString(16);
  return [
    () => alphaRenamed(read, tag),
    () => reordered(random, read),
    () => unshared(read),
    () => fresh(kernel, tag),
    ...restatements(random, read),
  ];
}

/**
 * Every declared name, binder and level parameter called differently, uniformly over all units: who declares a name
 * that an earlier unit took still does. Names of Lean's core stay, also where a unit declares one.
 */
function alphaRenamed(read: readonly ReadUnit[], tag: string): Variant {
  const names = newNames(read, tag);
  const bound = (name: Name): Name => (name === '' ? `v${tag}` : `v${tag}.${name}`);
  const renamed = (name: Name): Name => names.get(name) ?? name;
  const units = read.map(({ unit: { declaration, kind, declares, uses, expected } }) =>
    KernelUnit.of(renameBound(renameDeclaration(declaration, names), bound), {
      ...{ kind, expected },
      declares: declares.map(renamed),
      uses: uses.map(renamed),
    }),
  );
  return { name: 'alpha-renamed', units, positions: read.map((_, index) => index) };
}

/** Pattern of generated names, which no name of Lean's core fits: `t1a_3`, `t1a_3.mk`. */
const generated = /^[A-Za-z]\w*_\d+(\.|$)/;

/**
 * New names for all that is declared or mentioned. Names below a declared one follow it: constructors, and
 * derived ones such as `T.rec`. Names that do not look generated stay, for they may be Lean's own.
 */
function newNames(read: readonly ReadUnit[], tag: string): Map<Name, Name> {
  const roots = new Map<Name, Name>();
  const declared = read.flatMap((unit) => [...unit.declares]).filter((name) => generated.test(name));
  // Shortest first: a constructor finds its type there already.
  for (const name of declared.sort((a, b) => a.length - b.length)) {
    if (rootOf(roots, name) === undefined) roots.set(name, `R${tag}_${roots.size}`);
  }
  const names = new Map<Name, Name>();
  const follow = (name: Name): void => {
    const same = canonical(name);
    const root = rootOf(roots, same);
    if (root !== undefined) names.set(name, `${roots.get(root)}${same.slice(root.length)}`);
  };
  for (const { unit, declares } of read) {
    [...declares, ...unit.declares, ...unit.uses].forEach(follow);
    mentionedNames(unit.declaration).forEach(follow);
  }
  return names;
}

/** The name itself or the one above it that has a new name. */
function rootOf(roots: ReadonlyMap<Name, Name>, name: Name): Name | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const prefix = name.slice(0, end);
    if (roots.has(prefix)) return prefix;
  }
  return undefined;
}

/** A random other order in which every two units whose order matters keep it; undefined where there is none. */
function reordered(random: Random, read: readonly ReadUnit[]): Variant | undefined {
  const before = read.map((unit, index) =>
    read.slice(0, index).flatMap((earlier, at) => (areOrdered(earlier, unit) ? [at] : [])),
  );
  const swappable = read.flatMap((_, at) => (at > 0 && before[at]?.includes(at - 1) === false ? [at] : []));
  if (swappable.length === 0) return undefined;

  const order: number[] = [];
  const open = new Set(read.keys());
  while (open.size > 0) {
    const ready = [...open].filter((index) => before[index]?.every((at) => !open.has(at)));
    const next = random.pick(ready);
    order.push(next);
    open.delete(next);
  }
  if (order.every((unit, at) => unit === at)) {
    const at = random.pick(swappable);
    order.splice(at - 1, 2, at, at - 1);
  }
  const positions = read.map((_, index) => order.indexOf(index));
  return { name: 'reordered', units: order.flatMap((index) => read[index]?.unit ?? []), positions };
}

/** The same trees without shared subtrees: the kernel's caches and pointer comparisons find less. */
function unshared(read: readonly ReadUnit[]): Variant | undefined {
  const units = read.map(({ unit }) => {
    if (sizeOf(unit.declaration) > maxUnsharedSize) return unit;
    const words = encode([unit.declaration], { share: false });
    return words.length === unit.words.length ? unit : unit.written(words);
  });
  if (units.every((unit, index) => unit === read[index]?.unit)) return undefined;
  return { name: 'unshared', units, positions: read.map((_, index) => index) };
}

function sizeOf(declaration: Declaration): number {
  return expressionsOf(declaration).reduce((sum, expr) => sum + expr.size, 0);
}

/**
 * The same units once more. An executor keeps the states behind prefixes that it ran; a first step that nobody ran
 * before makes it run them anew.
 */
function fresh(units: readonly KernelUnit[], tag: string): Variant {
  const name = `fresh${tag}_0`;
  const declaration: Declaration = {
    kind: 'definition',
    name,
    levelParams: [],
    type: sort(one),
    value: sort(zero),
    hint: 'abbreviation',
    safety: 'safe',
  };
  const first = KernelUnit.of(declaration);
  return { name: 'fresh', units: [first, ...units], positions: units.map((_, index) => index + 1) };
}
