import { invalid } from '../../util/errors.js';
import { Grammar, type NamedRule } from './grammar.js';

/**
 * A grammar from what its file holds: a list is one of Nautilus (`[["NT", "text {NT}"], ...]`), an object with
 * `rules` comes from a module, any other object is one of AFL's grammar mutator (`{"<nt>": [["text", "<nt>"]]}`).
 * UserError (2) that names the file and what is wrong in it.
 */
export function readGrammar(file: string, value: unknown): Grammar {
  if (Array.isArray(value)) return Grammar.of(file, undefined, readRules(file, value));
  if (typeof value !== 'object' || value === null) throw wrong(file, value, 'a list or an object');
  if (!('rules' in value)) return readAflGrammar(file, value);
  const { rules, start } = value as { rules: unknown; start?: unknown };
  if (!Array.isArray(rules)) throw wrong(file, rules, 'a list of rules');
  if (start !== undefined && typeof start !== 'string') throw wrong(file, start, 'a name as the start');
  return Grammar.of(file, start, readRules(file, rules));
}

function readRules(file: string, rules: readonly unknown[]): NamedRule[] {
  return rules.map((rule) => (Array.isArray(rule) ? textRule(file, rule) : scriptRule(file, rule)));
}

function textRule(file: string, rule: readonly unknown[]): NamedRule {
  const [nonterminal, text, weight = 1, ...rest] = rule;
  if (
    typeof nonterminal !== 'string' ||
    typeof text !== 'string' ||
    typeof weight !== 'number' ||
    rest.length
  )
    throw wrong(file, rule, 'a rule like ["Nonterminal", "text {Nonterminal}"], with a weight or without');
  const literals: string[] = [''];
  const children: string[] = [];
  // The parts are \{, \}, {name}, a brace that is neither, and everything else.
  for (const [part, name] of text.matchAll(/\\[{}]|\{([^{}\\:]+)(?::[^{}\\]*)?\}|\{|[^{\\]+|\\/g)) {
    if (part === '{') throw wrong(file, text, 'a closed {Nonterminal}, or \\{ for a brace');
    if (name === undefined) literals.push((literals.pop() ?? '') + part.replace(/^\\([{}])$/, '$1'));
    else {
      children.push(name);
      literals.push('');
    }
  }
  return { nonterminal, text: literals, children, weight };
}

function scriptRule(file: string, rule: unknown): NamedRule {
  const { nonterminal, children, script, weight = 1 } = (rule ?? {}) as Partial<Record<string, unknown>>;
  const areNames = Array.isArray(children) && children.every((name) => typeof name === 'string');
  if (
    typeof nonterminal !== 'string' ||
    !areNames ||
    typeof script !== 'function' ||
    typeof weight !== 'number'
  )
    throw wrong(file, rule, 'a rule: [nonterminal, text] or { nonterminal, children, script }');
  return { nonterminal, children: children, text: script as () => string, weight };
}

const token = /^<[A-Za-z_][\w-]*>$/;

function readAflGrammar(file: string, grammar: object): Grammar {
  const entries = Object.entries(grammar);
  const known = new Set(entries.map(([name]) => name));
  const rules = entries.flatMap(([nonterminal, alternatives]) => {
    if (!token.test(nonterminal)) throw wrong(file, nonterminal, 'nonterminals like <name> as keys');
    if (!Array.isArray(alternatives)) throw wrong(file, alternatives, `a list of rules for ${nonterminal}`);
    return alternatives.map((parts: unknown) => aflRule(file, nonterminal, parts, known));
  });
  return Grammar.of(file, known.has('<start>') ? '<start>' : undefined, rules);
}

/** Its weight, an addition of ours, is a number at the end of a rule. */
function aflRule(file: string, nonterminal: string, parts: unknown, known: ReadonlySet<string>): NamedRule {
  if (!Array.isArray(parts)) throw wrong(file, parts, `rules of ${nonterminal} as lists of texts`);
  const last: unknown = parts.at(-1);
  const weight = typeof last === 'number' ? last : 1;
  const literals: string[] = [''];
  const children: string[] = [];
  for (const part of typeof last === 'number' ? parts.slice(0, -1) : (parts as unknown[])) {
    if (typeof part !== 'string')
      throw wrong(file, part, `texts and nonterminals in a rule of ${nonterminal}`);
    if (known.has(part) || token.test(part)) {
      children.push(part);
      literals.push('');
    } else literals.push((literals.pop() ?? '') + part);
  }
  return { nonterminal, text: literals, children, weight };
}

function wrong(file: string, value: unknown, expected: string): Error {
  return invalid(`grammar ${file}`, value ?? String(value), expected);
}
