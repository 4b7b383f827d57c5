/**
 * What a Lean, a checker or our own kernel says of what it was asked: a declaration, a file, a claim. Time, memory,
 * stack, a crash, something unreadable, a constant that was never declared, a question that was never put: all of these
 * are `noAnswer`, which is never taken for a refusal.
 */
export type Answer =
  | { readonly kind: 'accepts' }
  | { readonly kind: 'refuses'; readonly why: string }
  | { readonly kind: 'noAnswer'; readonly why: string };

export const accepts: Answer = { kind: 'accepts' };

export function refuses(why: string): Answer {
  return { kind: 'refuses', why };
}

export function noAnswer(why: string): Answer {
  return { kind: 'noAnswer', why };
}
