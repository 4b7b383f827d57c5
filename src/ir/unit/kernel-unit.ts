import { checkWords } from '../check-words.js';
import { declaredNames, type Declaration } from '../declaration.js';
import { MalformedWords } from '../decode.js';
import { encode } from '../encode.js';
import { decode } from '../tree-builder.js';
import { Once, UnitBase } from './base.js';
import { kindOfMaking, type UnitFacts } from './facts.js';
import { RecentTrees, type Rebuildable } from './recent-trees.js';

/** Words a round. With a corpus of 1,900 entries 67 MB of a worker's heap are alive; 105 MB were, where all trees stayed. */
const recent = new RecentTrees(1 << 19);

/**
 * A declaration as a tree and in its flat form; whichever is not there is worked out when somebody asks. Once there are
 * words, the tree stays as long as somebody asks for it now and then.
 */
class Said extends Once<Uint32Array> implements Rebuildable {
  // Not to be seen where units are compared part by part: which trees are there is no part of what they say.
  #round = 0;
  #words = 0;
  #declaration: Declaration | undefined;

  constructor(declaration: Declaration | undefined, words: Uint32Array | undefined) {
    super(() => this.written(words ?? encode([this.declaration])));
    this.#declaration = declaration;
  }

  get declaration(): Declaration {
    const declaration = (this.#declaration ??= declarationIn(this.form));
    if (this.#words > 0) recent.touch(this);
    return declaration;
  }

  get words(): number {
    return this.#words;
  }

  get round(): number {
    return this.#round;
  }

  set round(round: number) {
    this.#round = round;
  }

  dropTree(): void {
    this.#declaration = undefined;
  }

  private written(words: Uint32Array): Uint32Array {
    this.#words = words.length;
    if (this.#declaration !== undefined) recent.touch(this);
    return words;
  }
}

/** The single declaration of some words that were checked. */
function declarationIn(words: Uint32Array): Declaration {
  const [declaration] = decode(words);
  if (declaration === undefined) throw new MalformedWords('no declaration');
  return declaration;
}

/** A unit of the kernel level: one declaration. */
export class KernelUnit extends UnitBase<Uint32Array> {
  readonly form = 'kernel';

  private constructor(
    facts: UnitFacts,
    protected override readonly said: Said,
  ) {
    super(facts, said);
  }

  /** A unit of a declaration; what is not said of it, the declaration says. */
  static of(declaration: Declaration, facts: Partial<UnitFacts> = {}): KernelUnit {
    const { made, declares, uses = [], expected = 'any' } = facts;
    const kind = facts.kind ?? (made === undefined ? declaration.kind : kindOfMaking(made));
    const all = { kind, declares: declares ?? declaredNames(declaration), uses, expected, made };
    return new KernelUnit(all, new Said(declaration, undefined));
  }

  /** A unit of words. Throws MalformedWords where they are not those of one declaration. */
  static ofWords(words: Uint32Array, facts: UnitFacts): KernelUnit {
    checkWords(words);
    return new KernelUnit(facts, new Said(undefined, words));
  }

  get declaration(): Declaration {
    return this.said.declaration;
  }

  /** The flat form; see ../codec.ts. */
  get words(): Uint32Array {
    return this.said.form;
  }

  /** The same declaration, of which something else is said. */
  with(changed: Partial<UnitFacts>): KernelUnit {
    return new KernelUnit(this.factsWith(changed), this.said);
  }

  /** The same declaration in another flat form. */
  written(words: Uint32Array): KernelUnit {
    return new KernelUnit(this.factsWith({}), new Said(this.declaration, words));
  }
}
