/**
 * One way to write a nonterminal. In the text, `{Name}` (or `{Name:what for}`) stands for a nonterminal, and `\{`
 * and `\}` are braces. The weight, 1 where it is left out, says how often the rule is taken beside the others.
 */
export type TextRule = readonly [nonterminal: string, text: string, weight?: number];

/** A rule whose text is made by a function, for what is not context-free: it gets the texts of its children. */
export interface ScriptRule {
  readonly nonterminal: string;
  /** The nonterminals whose texts the function gets. */
  readonly children: readonly string[];
  /** Must depend on its arguments alone: the text is made again from the stored tree. */
  readonly script: (...texts: string[]) => string;
  /** Default 1. */
  readonly weight?: number;
}

/** A grammar as a module exports it; see docs/grammars.md. */
export interface GrammarDefinition {
  /** Where a text begins. Default: the nonterminal of the first rule. */
  readonly start?: string;
  readonly rules: readonly (TextRule | ScriptRule)[];
}

/** A grammar with its types checked: `export default defineGrammar({ rules: [...] })` in a file for `--grammar`. */
export function defineGrammar(grammar: GrammarDefinition): GrammarDefinition {
  return grammar;
}
