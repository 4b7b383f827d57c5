import { Once, UnitBase } from './base.js';
import type { UnitFacts } from './facts.js';

/** A tree of a user's grammar, as the numbers of its rules in pre-order. */
export interface Derivation {
  /** Names the grammar. */
  readonly grammar: string;
  readonly rules: readonly number[];
}

/** A unit of the source level of which only the text is known: the user's, a custom mutator's, a minimiser's. */
export class TextUnit extends UnitBase<string> {
  readonly form = 'text';

  constructor(
    { kind, declares = [], uses = [], expected = 'any' }: Partial<UnitFacts> & { readonly kind: string },
    readonly text: string,
    /** The derivation of the whole candidate, on its first unit. */
    readonly derivation?: Derivation,
    said = new Once(() => text),
  ) {
    super({ kind, declares, uses, expected }, said);
  }

  /** The same text, of which something else is said. */
  with(changed: Partial<UnitFacts>): TextUnit {
    return new TextUnit(this.factsWith(changed), this.text, this.derivation, this.said);
  }
}
