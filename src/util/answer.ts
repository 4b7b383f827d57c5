/**
 * The answer of a Lean, a checker or our own kernel to a question: a declaration, a file, a claim. Time, memory, stack,
 * a crash, something unreadable, a constant that was never declared, a question that was never put: all of these
 * are `noAnswer`, which is never taken for a refusal.
 */
export type Answer =
  | { readonly kind: 'accepts' }
  | { readonly kind: 'refuses'; readonly why: string }
  | { readonly kind: 'noAnswer'; readonly why: string };

/** An answer of which an acceptance carries more. */
export type AnswerWith<Carried extends object> =
  (Extract<Answer, { kind: 'accepts' }> & Readonly<Carried>) | Exclude<Answer, { kind: 'accepts' }>;

export const accepts: Answer & { kind: 'accepts' } = { kind: 'accepts' };

export function refuses(why: string): Answer & { kind: 'refuses' } {
  return { kind: 'refuses', why };
}

export function noAnswer(why: string): Answer & { kind: 'noAnswer' } {
  return { kind: 'noAnswer', why };
}

/** A refusal or a missing answer with words in front of its reason; an acceptance as it is. */
export function saidOf<A extends Answer>(what: string, answer: A): A {
  return answer.kind === 'accepts' ? answer : { ...answer, why: `${what}: ${answer.why}` };
}
