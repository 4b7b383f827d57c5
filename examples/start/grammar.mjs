// A plain grammar of lean-fuzz. Look at its texts: npx lean-fuzz gen --grammar FILE --count 3
// Run them: npx lean-fuzz --grammar FILE --time 60s. Formats, weights, scripts: docs/grammars.md
import { defineGrammar } from 'lean-fuzz';

export default defineGrammar({
  // The nonterminal that a text begins at.
  start: 'File',
  rules: [
    // [nonterminal, text with {Nonterminal}, weight]; without a weight it is 1.
    // Each declaration begins a line, so that Lean is given them one by one.
    ['File', '{Declaration}'],
    ['File', '{Declaration}\n{File}', 3],
    ['Declaration', 'example : {Term} = {Term} := by {Tactic}'],
    // \{ and \} are braces.
    ['Declaration', 'example \\{n : Nat\\} : n + {Term} = {Term} + n := by {Tactic}'],
    ['Term', '0', 2],
    ['Term', '1'],
    ['Term', '({Term} + {Term})'],
    ['Tactic', 'rfl'],
    ['Tactic', 'omega'],
    ['Tactic', 'decide'],
    // A rule may be a function of its children's texts, and of nothing else.
    { nonterminal: 'Term', children: ['Term'], script: (term) => `(Nat.succ ${term})` },
  ],
});
