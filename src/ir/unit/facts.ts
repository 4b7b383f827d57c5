/** What Lean ought to say about a unit. */
export type Expected = 'any' | 'accept' | 'reject';
export const expectations: readonly Expected[] = ['any', 'accept', 'reject'];

/** What a unit of any form says of itself. */
export interface UnitFacts {
  /** What kind of thing it is: `inductive`, `theorem`, `instance`, ... */
  readonly kind: string;
  /** Names that it declares. */
  readonly declares: readonly string[];
  /** Names of other units of the candidate that it mentions. */
  readonly uses: readonly string[];
  /**
   * What its maker knows of the right answer. `reject`: a premise was broken on purpose. `accept`: it says what an
   * accepted unit says, in another way. An answer that differs is a lead.
   */
  readonly expected: Expected;
}
