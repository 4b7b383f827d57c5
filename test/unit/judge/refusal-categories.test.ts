import { describe, expect, it } from 'vitest';
import { categories, categorize, messageTemplate } from '../../../src/judge/refusal-categories.js';
import { refusal } from '../../support/fakes.js';

/** Messages as Lean 4.28 writes them. */
const messages: [category: string, message: string][] = [
  ['PARSE', "<input>:1:9: unexpected token 'end'; expected term"],
  ['PARSE', 'unexpected end of input'],
  ['PARSE', 'unterminated comment'],
  ['UNKNOWN_IDENTIFIER', 'Unknown identifier `foo`'],
  ['UNKNOWN_IDENTIFIER', 'unknown constant `T.c0`'],
  ['TYPE_MISMATCH', 'Type mismatch\n  1\nhas type\n  Nat\nbut is expected to have type\n  Bool'],
  ['TYPE_MISMATCH', 'Application type mismatch: The argument\n  x'],
  ['UNIVERSE', 'invalid universe level in constructor `T.mk`, parameter has type\n  Type u'],
  ['POSITIVITY', '(kernel) arg #1 of `T.c0` has a non positive occurrence of the datatypes being declared'],
  ['POSITIVITY', '(kernel) arg #2 of `T.c0` contains a non valid occurrence of the datatypes being declared'],
  ['TERMINATION', 'fail to show termination, possible errors: structural recursion cannot be used'],
  ['TACTIC', 'unsolved goals\n⊢ False'],
  ['TACTIC', 'Tactic `decide` proved that the proposition is false'],
  ['TACTIC', 'omega could not prove the goal'],
  ['ELABORATION', 'failed to synthesize instance of type class\n  Decidable p'],
  ['KERNEL', '(kernel) declaration has metavariables `x`'],
  ['DUPLICATE_DECL', '`f` has already been declared'],
  ['DUPLICATE_DECL', '(kernel) constant has already been declared `f`'],
  ['OTHER', 'something that nobody has seen'],
];

describe('categorize', () => {
  it.each(messages)('%s: %j', (category, message) => {
    expect(categorize(refusal(message))).toBe(category);
  });

  it('has a message for each category, so that none can go missing unnoticed', () => {
    expect(new Set(messages.map(([category]) => category))).toEqual(new Set(categories));
  });
});

describe('messageTemplate', () => {
  it('is equal for messages that differ in names, numbers and quoted terms', () => {
    const first = messageTemplate('Unknown constant `T3_1.c0` in Tab_12.c1 at 17');
    const second = messageTemplate('Unknown constant `S9_2.mk` in Txy_3.c0 at 4');
    expect(first).toBe(second);
    expect(first).toContain('Unknown constant');
  });

  it('differs for messages that say something else', () => {
    expect(messageTemplate('unknown tactic')).not.toBe(messageTemplate('unknown identifier'));
  });

  it('keeps the first line, and at most 160 characters of it', () => {
    expect(messageTemplate('first\nsecond')).toBe('first');
    expect(messageTemplate('a '.repeat(200))).toHaveLength(160);
  });
});
