import type { Random } from '../../util/random.js';
import type { Grammar, Rule } from './grammar.js';

/** A summand that is by this much smaller, as a logarithm, does not change a sum of doubles. */
const negligible = -45;

/** Weights of lists of trees by their total size, as logarithms: they grow beyond what a number can hold. */
type Table = Float64Array;

/**
 * How many derivation trees there are of each size (number of rules in the tree), each counted with the product of
 * its rules' weights, and so a way to draw a tree of exactly one size: among trees of equal size the chances are as
 * these products. Taking time in the square of the largest size, once.
 */
export class SizeTables {
  /** For each nonterminal. */
  private readonly trees: Table[];
  /** For each list of nonterminals that ends a rule, by its numbers. */
  private readonly lists = new Map<string, Table>();
  private readonly possible: number[][] = [];

  constructor(
    private readonly grammar: Grammar,
    readonly largest: number,
  ) {
    const table = (): Table => new Float64Array(largest + 1).fill(-Infinity);
    this.trees = grammar.names.map(table);
    for (const { children } of grammar.rules) {
      for (let i = 0; i <= children.length; i++) this.lists.set(keyOf(children, i), table());
    }
    const empty = this.lists.get('');
    if (empty !== undefined) empty[0] = 0;
    const lists = [...this.lists]
      .filter(([key]) => key !== '')
      .map(([key, list]) => {
        const [first = '', ...others] = key.split(',');
        return { list, length: others.length, first: Number(first), rest: this.lists.get(others.join(',')) };
      })
      .sort((a, b) => a.length - b.length);
    for (let size = 1; size <= largest; size++) {
      this.trees.forEach((tree, nonterminal) => {
        tree[size] = logSum(this.ruleLogs(nonterminal, size));
      });
      for (const { list, first, rest } of lists) list[size] = convolve(this.trees[first], rest, size);
    }
  }

  /** The sizes up to the largest that a tree of the nonterminal can have, ascending. */
  sizesOf(nonterminal: number): readonly number[] {
    return (this.possible[nonterminal] ??= finiteOf(this.trees[nonterminal]));
  }

  /** The sizes up to the largest that a tree with this rule at its root can have, ascending. */
  sizesWith({ children }: Rule): readonly number[] {
    return finiteOf(this.lists.get(keyOf(children, 0))).map((size) => size + 1);
  }

  /** A tree of the nonterminal of one of its sizes, as its rules in pre-order. */
  draw(random: Random, nonterminal: number, size: number): number[] {
    const chosen = chooseByLog(random, this.ruleLogs(nonterminal, size));
    const rule = this.grammar.rulesOf[nonterminal]?.[chosen] ?? 0;
    return this.drawWith(random, rule, size);
  }

  /** The same with a given rule at the root. */
  drawWith(random: Random, rule: number, size: number): number[] {
    const children = this.grammar.rules[rule]?.children ?? [];
    const tree = [rule];
    let left = size - 1;
    children.forEach((child, index) => {
      const first = 1 + chooseByLog(random, this.splitLogs(children, index, left));
      for (const node of this.draw(random, child, first)) tree.push(node);
      left -= first;
    });
    return tree;
  }

  /** For each rule of a nonterminal: the weight of the trees of a size that have it at the root. */
  private ruleLogs(nonterminal: number, size: number): number[] {
    return (this.grammar.rulesOf[nonterminal] ?? []).map((index) => {
      const rule = this.grammar.rules[index];
      if (rule === undefined) return -Infinity;
      return Math.log(rule.weight) + (this.lists.get(keyOf(rule.children, 0))?.[size - 1] ?? -Infinity);
    });
  }

  /** For the first tree's sizes 1, 2, ...: the weight of the lists from an index on that have a total size. */
  private splitLogs(numbers: readonly number[], index: number, size: number): number[] {
    const tree = this.trees[numbers[index] ?? -1];
    const rest = this.lists.get(keyOf(numbers, index + 1));
    return Array.from({ length: size }, (_, i) => (tree?.[i + 1] ?? 0) + (rest?.[size - i - 1] ?? 0));
  }
}

function keyOf(numbers: readonly number[], from: number): string {
  return numbers.slice(from).join(',');
}

function finiteOf(table: Table | undefined): number[] {
  return [...(table ?? [])].flatMap((log, size) => (log === -Infinity ? [] : [size]));
}

/** The sum over all splits of a size between a tree and what follows it: almost all of the tables' time. */
function convolve(tree: Table | undefined, rest: Table | undefined, size: number): number {
  if (tree === undefined || rest === undefined) return -Infinity;
  let largest = -Infinity;
  for (let i = 1; i <= size; i++) largest = Math.max(largest, (tree[i] ?? 0) + (rest[size - i] ?? 0));
  if (largest === -Infinity) return largest;
  let sum = 0;
  for (let i = 1; i <= size; i++) {
    const log = (tree[i] ?? 0) + (rest[size - i] ?? 0) - largest;
    if (log > negligible) sum += Math.exp(log);
  }
  return largest + Math.log(sum);
}

function logSum(logs: readonly number[]): number {
  let largest = -Infinity;
  for (const log of logs) if (log > largest) largest = log;
  if (largest === -Infinity) return largest;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - largest);
  return largest + Math.log(sum);
}

function chooseByLog(random: Random, logs: readonly number[]): number {
  let largest = -Infinity;
  for (const log of logs) if (log > largest) largest = log;
  return random.weighted(logs.map((log) => Math.exp(log - largest)));
}
