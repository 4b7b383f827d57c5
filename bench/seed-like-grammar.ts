/**
 * A context-free grammar of Lean declarations, for comparison: names, types and terms are drawn independently of each
 * other, as generators without types and scopes do. Written for this benchmark after the description of such a
 * generator's habits: names from a small pool, parentheses left out here and there, tactics that may not fit.
 */
import type { Random } from '../src/util/random.js';

type Rules = Readonly<Record<string, readonly string[]>>;

const rules: Rules = {
  declaration: [
    'inductive <Name><params> : <sort> where<constructors>',
    'inductive <Name> : <type> → <sort> where<constructors>',
    'structure <Name><params> where<fields>',
    'class <Name> (α : Type <level>) where<fields>',
    'instance : <Name> <type> := <term>',
    'def <name><binders> : <type> := <term>',
    'def <name> : <type> → <type>\n  | <name> => <term>\n  | _ => <term>',
    'theorem <name><binders> : <proposition> := <proof>',
    'abbrev <Name> := <type>',
    'mutual\ninductive <Name> : <sort> where<constructors>\ninductive <Name> : <sort> where<constructors>\nend',
    'notation "<symbol>" => <term>',
    'axiom <name> : <proposition>',
    'opaque <name> : <type>',
    '@[<attribute>] def <name> : <type> := <term>',
    'def <name>.{u} (α : Type u) : Type <level> := <type>',
  ],
  constructors: [
    '',
    '\n  | mk : <type> → <Name>',
    '\n  | mk : <Name><constructors>',
    '\n  | intro : <type> → <type> → <Name><constructors>',
  ],
  fields: ['\n  <name> : <type>', '\n  <name> : <type><fields>'],
  params: ['', '', ' (α : Type <level>)', ' (<name> : <type>)'],
  binders: ['', '', ' (<name> : <type>)<binders>'],
  sort: ['Type', 'Prop', 'Type <level>', 'Sort <level>'],
  level: ['0', '1', 'u', '(u + 1)', '(max u v)'],
  type: [
    'Nat',
    'Nat',
    'Bool',
    '<Name>',
    'α',
    '<type> → <type>',
    'List <type>',
    'Option <type>',
    '<type> × <type>',
    'Prop',
  ],
  term: [
    '0',
    '<name>',
    '<name> <term>',
    'fun <name> => <term>',
    '(<term>)',
    '<Name>.mk',
    '<Name>.mk <term>',
    '<term> + <term>',
    'true',
    '[<term>]',
  ],
  proposition: [
    'True',
    '<term> = <term>',
    '∀ <name> : <type>, <proposition>',
    '<proposition> ∧ <proposition>',
    '<proposition> → <proposition>',
    'False',
  ],
  proof: [
    'sorry',
    'by simp',
    'by rfl',
    'by trivial',
    'by ring',
    'by linarith',
    'by decide',
    'by intro <name>; exact <term>',
  ],
  attribute: ['simp', 'reducible', 'inline', 'extern "f"', 'implemented_by <name>'],
  Name: [
    'A',
    'B',
    'C',
    'D',
    'T',
    'S',
    'Foo',
    'Bar',
    'Wrap',
    'Bad',
    'Box',
    'Tree',
    'Loop',
    'Evil',
    'Cell',
    'Pair',
  ],
  name: ['a', 'b', 'f', 'g', 'h', 'x', 'y', 'n', 'p', 'foo', 'bar', 'aux'],
  symbol: ['⊕⊕', '◇', '⟪⟫'],
};

/** The declarations of one prefix; `depth` bounds the derivations, and so how large they are. */
export function seedLikePrefix(random: Random, depth: number): string[] {
  return Array.from({ length: random.between(1, Math.max(1, Math.round(depth / 5))) }, () =>
    derive(random, 'declaration', depth),
  );
}

function derive(random: Random, symbol: string, depth: number): string {
  const choices = rules[symbol];
  if (choices === undefined) throw new Error(`no rule for ${symbol}`);
  // At the bottom only what needs no further derivation, or the least of it.
  const least = Math.min(...choices.map(holes));
  const allowed = depth > 0 ? choices : choices.filter((choice) => holes(choice) === least);
  return random.pick(allowed).replace(/<(\w+)>/g, (_, next: string) => derive(random, next, depth - 4));
}

function holes(choice: string): number {
  return choice.match(/<\w+>/g)?.length ?? 0;
}
