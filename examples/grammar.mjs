// A grammar with script rules: names are numbered by what stands before them, which no context-free rule can do.
// Try it: npx lean-fuzz gen --grammar examples/grammar.mjs --depth 20 --count 3
import { defineGrammar } from 'lean-fuzz';

/** Gives every `_` in a text of declarations the number of its declaration. */
function numbered(declarations) {
  return declarations
    .split('\n')
    .map((line, index) => line.replaceAll('_', `d${index}`))
    .join('\n');
}

export default defineGrammar({
  start: 'File',
  rules: [
    { nonterminal: 'File', children: ['Lines'], script: numbered },
    ['Lines', '{Line}'],
    ['Lines', '{Line}\n{Lines}', 4],
    ['Line', 'def _ : Nat := {Number}'],
    ['Line', 'theorem _ : {Number} = {Number} := by decide'],
    ['Line', 'inductive _ : Type | mk (n : Nat) (h : n = {Number})'],
    ['Number', '0', 2],
    ['Number', '{Number}.succ', 2],
    ['Number', '({Number} * {Number})'],
    ['Number', '(2 ^ {Number})'],
  ],
});
