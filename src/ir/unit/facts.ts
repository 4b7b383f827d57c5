/** The answer that Lean should give to a unit. */
export type Expected = 'any' | 'accept' | 'reject';
export const expectations: readonly Expected[] = ['any', 'accept', 'reject'];

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
}
