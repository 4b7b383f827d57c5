import type { Grammar } from './grammar.js';

/**
 * A derivation tree as the indices of its rules in pre-order: the rules' numbers of children say the rest, and a
 * subtree is a slice.
 */
export type Tree = readonly number[];

/** Characters of a text; what a tree writes beyond them is cut off, for scripts may multiply what they get. */
const maxText = 200_000;

/** For each node of a tree the index behind its subtree. */
export function subtreeEnds(grammar: Grammar, tree: Tree): number[] {
  const ends = new Array<number>(tree.length).fill(0);
  const open: number[] = [];
  for (let at = tree.length - 1; at >= 0; at--) {
    const children = childCount(grammar, tree[at]);
    let end = at + 1;
    for (let i = 0; i < children; i++) end = open.pop() ?? end;
    ends[at] = end;
    open.push(end);
  }
  return ends;
}

/** Whether numbers are one whole tree of a nonterminal in this grammar; trees come from the store. */
export function isTree(grammar: Grammar, tree: Tree, nonterminal: number): boolean {
  const wanted = [nonterminal];
  for (const index of tree) {
    const rule = grammar.rules[index];
    if (rule === undefined || wanted.pop() !== rule.nonterminal) return false;
    for (let i = rule.children.length - 1; i >= 0; i--) wanted.push(rule.children[i] ?? -1);
  }
  return wanted.length === 0;
}

/** The nonterminal of a node. */
export function nonterminalOf(grammar: Grammar, rule: number | undefined): number {
  return grammar.rules[rule ?? -1]?.nonterminal ?? -1;
}

/** The text of a tree. Throws what a script throws, and a TypeError where one returns no text. */
export function textOf(grammar: Grammar, tree: Tree): string {
  const done: string[] = [];
  for (let at = tree.length - 1; at >= 0; at--) {
    const rule = grammar.rules[tree[at] ?? -1];
    const parts = (rule?.children ?? []).map(() => done.pop() ?? '');
    const { text = [] } = rule ?? {};
    if (typeof text === 'function') {
      const made: unknown = text(...parts);
      if (typeof made !== 'string') throw new TypeError(`a script returned ${typeof made}, expected a text`);
      done.push(made.slice(0, maxText));
    } else {
      done.push(
        text
          .map((literal, i) => literal + (parts[i] ?? ''))
          .join('')
          .slice(0, maxText),
      );
    }
  }
  return done[0] ?? '';
}

function childCount(grammar: Grammar, rule: number | undefined): number {
  return grammar.rules[rule ?? -1]?.children.length ?? 0;
}
