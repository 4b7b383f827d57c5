import { contentHash } from './content-hash.js';
import type { Expected, Making, UnitFacts } from './facts.js';

/** The form that Lean takes, text or words, and its hash: each computed on first use, once. */
export class Once<Form extends string | Uint32Array> {
  readonly #make: () => Form;
  #form: Form | undefined;
  #hash: string | undefined;

  constructor(make: () => Form) {
    this.#make = make;
  }

  get form(): Form {
    return (this.#form ??= this.#make());
  }

  get hash(): string {
    return (this.#hash ??= contentHash(this.form));
  }
}

/** The common part of units of every form. A copy of a unit with other facts shares its content. */
export abstract class UnitBase<Form extends string | Uint32Array> implements UnitFacts {
  readonly kind: string;
  readonly declares: readonly string[];
  readonly uses: readonly string[];
  readonly expected: Expected;
  readonly made: Making | undefined;

  protected constructor(
    { kind, declares, uses, expected, made }: UnitFacts,
    protected readonly said: Once<Form>,
  ) {
    this.kind = kind;
    this.declares = declares;
    this.uses = uses;
    this.expected = expected;
    this.made = made;
  }

  /** Names the content: units for which Lean is given the same have equal hashes. */
  get hash(): string {
    return this.said.hash;
  }

  /** How much there is to look at: words, or characters. */
  get size(): number {
    return this.said.form.length;
  }

  protected factsWith(changed: Partial<UnitFacts>): UnitFacts {
    const { kind, declares, uses, expected, made } = this;
    return { kind, declares, uses, expected, made, ...changed };
  }
}
