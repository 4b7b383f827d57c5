import type { Unit } from '../../api/candidate.js';
import { asLean } from '../../ir/print.js';
import { commonEnvironment } from '../../kernel/base-environment.js';
import type { Random } from '../../util/random.js';
import { KernelGenerator } from '../kernel/kernel-generator.js';
import { categories, foundations, type Category } from './categories.js';
import { contentOf, unitOf } from './unit-of.js';
import { Scope } from './scope.js';
import { SourceTermGenerator } from './terms.js';
import { say } from '../../ir/source/tree.js';
import { initVocabulary, type Vocabulary } from './vocabulary.js';
import type { Context, Kind, KernelDraft } from './unit-maker.js';

/** Candidates that have Lean make every auxiliary definition of an inductive type. */
const fullShare = 0.15;
const fullOptions = optionsUnit('set_option maxRecDepth 512');
/**
 * The auxiliary definitions and lemmas that these options leave out go through the same kernel as any other, and
 * cost three quarters of the time of an inductive type.
 */
const fastOptions = optionsUnit(
  'set_option genSizeOf false\nset_option genInjectivity false\nset_option genCtorIdx false',
);
/** Fresh candidates that begin with a rich inductive type: recursive, indexed, nested, mutual or polymorphic. */
const foundationShare = 0.75;

/** Chooses a category by name; the schedule's bandit is one, and without it the weights decide. */
export type CategoryChoice = (random: Random) => Category;

const byWeight: CategoryChoice = (random) => {
  const chosen = categories[random.weighted(categories.map(({ weight }) => weight))];
  if (chosen === undefined) throw new RangeError('no categories');
  return chosen;
};

/**
 * Makes units one after the other: each can use what the ones before it declare. `depth` bounds both how many
 * units a fresh candidate has and how large their terms are (see docs/generator.md).
 */
export class SourceGenerator {
  private counter = 0;

  /** `tag` makes the names of this generator's units differ from all others of the campaign. */
  constructor(
    private readonly random: Random,
    private readonly tag: string,
    private readonly depth: number,
    private readonly chooseCategory: CategoryChoice = byWeight,
    private readonly vocabulary: Vocabulary = initVocabulary,
  ) {}

  /** A fresh list of units. */
  fresh(): Unit[] {
    const { random } = this;
    const options = random.chance(fullShare) ? fullOptions : fastOptions;
    const count = random.between(1, Math.max(1, Math.round(this.depth / 4)));
    const founded = random.chance(foundationShare);
    const start = founded ? [options, this.unit([options], foundations)] : [options];
    return this.extend(start, founded ? count - 1 : count);
  }

  /** The units with `count` new ones behind them. */
  extend(units: readonly Unit[], count: number): Unit[] {
    const result = [...units];
    while (result.length < units.length + count) result.push(this.unit(result));
    return result;
  }

  private unit(before: readonly Unit[], kinds?: readonly Kind[]): Unit {
    const scope = this.scopeBehind(before);
    let choices: readonly Kind[] = [];
    for (let attempt = 0; ; attempt++) {
      // The choice of a category stands while it has anything to offer.
      if (attempt % triesPerCategory === 0)
        choices = this.sayable(kinds ?? this.chooseCategory(this.random).kinds);
      const chosen = choices[this.random.weighted(choices.map(({ weight }) => weight))];
      if (chosen === undefined) throw new RangeError('a category without kinds');
      const draft = chosen.make(this.context(before, scope));
      if (draft !== undefined) return unitOf(chosen.kind, draft);
    }
  }

  /** Those of the kinds that the vocabulary has; all that it has where that is none of them. */
  private sayable(kinds: readonly Kind[]): readonly Kind[] {
    const { kinds: known } = this.vocabulary;
    if (known === undefined) return kinds;
    const some = kinds.filter(({ kind }) => known.has(kind));
    return some.length > 0
      ? some
      : categories.flatMap((one) => one.kinds).filter(({ kind }) => known.has(kind));
  }

  /** A term generator in the scope of these units, for mutators. */
  termsBehind(units: readonly Unit[]): SourceTermGenerator {
    return this.terms(this.scopeBehind(units));
  }

  private scopeBehind(units: readonly Unit[]): Scope {
    const declared = units.flatMap((unit) => contentOf(unit).entries);
    return new Scope(declared, this.vocabulary);
  }

  private terms(scope: Scope): SourceTermGenerator {
    return new SourceTermGenerator(this.random, scope, () => this.counter++);
  }

  private context(before: readonly Unit[], scope: Scope): Context {
    return {
      random: this.random,
      scope,
      terms: this.terms(scope),
      size: Math.max(2, Math.min(maxSize, Math.round(this.depth / 2))),
      name: (prefix) => `${prefix}${this.tag}_${this.counter++}`,
      kernelDeclaration: () => this.kernelDeclaration(before),
    };
  }

  /** The kernel level's typed generator makes it, on the declarations of that origin so far. */
  private kernelDeclaration(before: readonly Unit[]): KernelDraft | undefined {
    const declared = before.flatMap((unit) => contentOf(unit).kernel ?? []);
    const generator = new KernelGenerator(
      this.random,
      `${this.tag}k${this.counter++}`,
      this.depth,
      commonEnvironment,
    );
    const made = generator.extend(declared, 1).at(-1);
    // Unsafe definitions have a category of their own.
    if (made?.form !== 'kernel' || made.kind === 'mutual') return undefined;
    const text = asLean(made.declaration);
    return text === undefined ? undefined : { text, unit: made };
  }
}

/** Kinds of a category that are tried before another category gets its turn. */
const triesPerCategory = 6;
/** The largest size budget of terms: larger ones are more often refused than they are interesting. */
const maxSize = 12;

function optionsUnit(text: string): Unit {
  return unitOf('options', { tree: say`${text}`, declares: [] });
}
