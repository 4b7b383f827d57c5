import type { Random } from '../../util/random.js';
import type { Grammar } from './grammar.js';
import type { SizeTables } from './sizes.js';
import { nonterminalOf, subtreeEnds, type Tree } from './tree.js';

/** Input of a mutation of a tree, besides the tree. */
export interface TreeContext {
  readonly grammar: Grammar;
  readonly sizes: SizeTables;
  readonly random: Random;
  /** A second tree, to take from; undefined where the other entry has none. */
  readonly other: Tree | undefined;
}

/** Makes a new tree out of one; undefined where it has nothing to offer for this one. */
export type TreeMutation = (tree: Tree, context: TreeContext) => Tree | undefined;

/** Trees may grow beyond the size of fresh ones, up to so many times. */
const growth = 4;
/** A recursion is repeated up to 2 to this power times. */
const maxDoublings = 8;

/** Nautilus' random mutation: a subtree made anew. */
export const replaceSubtree: TreeMutation = (tree, context) => {
  const { grammar, sizes, random } = context;
  const at = random.below(tree.length);
  const end = subtreeEnds(grammar, tree)[at] ?? tree.length;
  const nonterminal = nonterminalOf(grammar, tree[at]);
  const size = affordable(random, sizes.sizesOf(nonterminal), sizes.largest - tree.length + end - at);
  if (size === undefined) return undefined;
  return bounded(sizes, splice(tree, at, end, sizes.draw(random, nonterminal, size)));
};

/** Nautilus' rules mutation: a node gets another rule of its nonterminal, and children to match. */
export const changeRule: TreeMutation = (tree, context) => {
  const { grammar, sizes, random } = context;
  const at = random.below(tree.length);
  const end = subtreeEnds(grammar, tree)[at] ?? tree.length;
  const others = grammar.rulesOf[nonterminalOf(grammar, tree[at])]?.filter((rule) => rule !== tree[at]) ?? [];
  if (others.length === 0) return undefined;
  const chosen = random.pick(others);
  const rule = grammar.rules[chosen];
  if (rule === undefined) return undefined;
  const size = affordable(random, sizes.sizesWith(rule), sizes.largest - tree.length + end - at);
  if (size === undefined) return undefined;
  return bounded(sizes, splice(tree, at, end, sizes.drawWith(random, chosen, size)));
};

/** Nautilus' random recursive mutation: what lies between a node and one of its own kind below it, again and again. */
export const repeatRecursion: TreeMutation = (tree, { grammar, sizes, random }) => {
  const ends = subtreeEnds(grammar, tree);
  const recursions: (readonly [outer: number, inner: number])[] = [];
  for (let outer = 0; outer < tree.length; outer++) {
    const nonterminal = nonterminalOf(grammar, tree[outer]);
    for (let inner = outer + 1; inner < (ends[outer] ?? 0); inner++) {
      if (nonterminalOf(grammar, tree[inner]) === nonterminal) recursions.push([outer, inner]);
    }
  }
  if (recursions.length === 0) return undefined;
  const [outer, inner] = random.pick(recursions);
  const [outerEnd, innerEnd] = [ends[outer] ?? 0, ends[inner] ?? 0];
  const before = tree.slice(outer, inner);
  const after = tree.slice(innerEnd, outerEnd);
  const room = Math.floor((growth * sizes.largest - tree.length) / (before.length + after.length));
  const times = Math.min(2 ** random.between(0, maxDoublings), room);
  if (times < 1) return undefined;
  const repeated = (part: Tree): number[] => Array.from({ length: times }, () => part).flat();
  return [
    ...tree.slice(0, inner),
    ...repeated(before),
    ...tree.slice(inner, innerEnd),
    ...repeated(after),
    ...tree.slice(innerEnd),
  ];
};

/** Nautilus' splicing mutation: a subtree taken from another entry's tree. */
export const spliceSubtree: TreeMutation = (tree, { grammar, sizes, random, other }) => {
  if (other === undefined) return undefined;
  const at = random.below(tree.length);
  const nonterminal = nonterminalOf(grammar, tree[at]);
  const sources = other.flatMap((rule, i) => (nonterminalOf(grammar, rule) === nonterminal ? [i] : []));
  if (sources.length === 0) return undefined;
  const from = random.pick(sources);
  const taken = other.slice(from, subtreeEnds(grammar, other)[from]);
  return bounded(sizes, splice(tree, at, subtreeEnds(grammar, tree)[at] ?? at, taken));
};

/** One of the sizes that are at most as large as a budget, each with the same chance. */
function affordable(random: Random, sizes: readonly number[], budget: number): number | undefined {
  const affordableSizes = sizes.filter((size) => size <= Math.max(budget, sizes[0] ?? 0));
  return affordableSizes.length === 0 ? undefined : random.pick(affordableSizes);
}

function bounded(sizes: SizeTables, tree: Tree): Tree | undefined {
  return tree.length <= growth * sizes.largest ? tree : undefined;
}

function splice(tree: Tree, from: number, to: number, replacement: Tree): Tree {
  return [...tree.slice(0, from), ...replacement, ...tree.slice(to)];
}
