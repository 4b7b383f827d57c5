/** The answer that Lean should give to a unit. */
export type Expected = 'any' | 'accept' | 'reject';
export const expectations: readonly Expected[] = ['any', 'accept', 'reject'];

/** The subjects of questions about a term. */
export const questionSubjects = [
  ...(['type', 'value', 'value by way of an unfolding', 'another type', 'another value'] as const),
] as const;
export type QuestionSubject = (typeof questionSubjects)[number];

/** How a unit came about, where others act on it. */
export type Making =
  /** By an operator, named here, that breaks a premise. */
  | { readonly how: 'broken'; readonly operator: string }
  | { readonly how: 'question'; readonly about: QuestionSubject };

/** The kind of a unit that was made in such a way. */
export function kindOfMaking(made: Making): string {
  return made.how === 'broken' ? `broken ${made.operator}` : `question of ${made.about}`;
}

/** Facts about a unit of any form. */
export interface UnitFacts {
  /** Its kind: `inductive`, `theorem`, `instance`, ... */
  readonly kind: string;
  /** Names that it declares. */
  readonly declares: readonly string[];
  /** Names of other units of the candidate that it mentions. */
  readonly uses: readonly string[];
  /**
   * The right answer, as far as its maker knows it. `reject`: a premise was broken on purpose. `accept`: it restates an
   * accepted unit in another way. An answer that differs is a lead.
   */
  readonly expected: Expected;
  readonly made?: Making | undefined;
}
