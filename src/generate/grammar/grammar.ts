import { createHash } from 'node:crypto';
import { invalid } from '../../util/errors.js';

/** A rule as a file gives it, before its names are resolved. */
export interface NamedRule {
  readonly nonterminal: string;
  /** Makes the text out of the children's texts: literals and children by turns, or a function. */
  readonly text: readonly string[] | ((...texts: string[]) => string);
  /** Nonterminals in order. With literals there is one more of these than of children. */
  readonly children: readonly string[];
  readonly weight: number;
}

/** A rule with nonterminals as numbers. */
export interface Rule {
  readonly nonterminal: number;
  readonly text: NamedRule['text'];
  readonly children: readonly number[];
  readonly weight: number;
}

/** A context-free grammar in which every name is known and every nonterminal has a finite text. */
export class Grammar {
  private constructor(
    readonly names: readonly string[],
    readonly rules: readonly Rule[],
    /** For each nonterminal the indices of its rules. */
    readonly rulesOf: readonly (readonly number[])[],
    readonly start: number,
    /** Names the content, so that a stored tree is never read with another grammar. */
    readonly id: string,
  ) {}

  /** UserError (2) that names the file and what is wrong in it. */
  static of(file: string, start: string | undefined, named: readonly NamedRule[]): Grammar {
    const expected = (value: string, what: string): never => {
      throw invalid(`grammar ${file}`, value, what);
    };
    const [first] = named;
    if (first === undefined) return expected('no rules', 'at least one rule');
    const names = [...new Set(named.map((rule) => rule.nonterminal))];
    const numbers = new Map(names.map((name, index) => [name, index]));
    const numberOf = (name: string, where: string): number =>
      numbers.get(name) ?? expected(name, `a nonterminal that has a rule (${where})`);
    const rules = named.map((rule, index) => ({
      nonterminal: numberOf(rule.nonterminal, ''),
      text: rule.text,
      children: rule.children.map((name) => numberOf(name, `in rule ${index + 1}, of ${rule.nonterminal}`)),
      weight:
        Number.isFinite(rule.weight) && rule.weight > 0
          ? rule.weight
          : expected(String(rule.weight), `a weight above 0 (rule ${index + 1}, of ${rule.nonterminal})`),
    }));
    const endless = endlessNonterminals(rules, names.length).map((index) => names[index] ?? '');
    if (endless.length > 0) expected(endless.join(', '), 'only nonterminals that can come to an end');
    const rulesOf = names.map((_, n) => rules.flatMap((rule, i) => (rule.nonterminal === n ? [i] : [])));
    const from = numberOf(start ?? first.nonterminal, 'as the start');
    return new Grammar(names, rules, rulesOf, from, contentId(from, rules));
  }
}

/** Nonterminals of which every derivation goes on forever. */
function endlessNonterminals(rules: readonly Rule[], count: number): number[] {
  const ending = new Set<number>();
  for (let before = -1; before !== ending.size;) {
    before = ending.size;
    for (const rule of rules) {
      if (rule.children.every((child) => ending.has(child))) ending.add(rule.nonterminal);
    }
  }
  return Array.from({ length: count }, (_, index) => index).filter((index) => !ending.has(index));
}

function contentId(start: number, rules: readonly Rule[]): string {
  const said = rules.map(({ nonterminal, children, text }) => [
    nonterminal,
    children,
    typeof text === 'function' ? text.toString() : text,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([start, said]))
    .digest('hex')
    .slice(0, 16);
}
