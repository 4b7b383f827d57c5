import type { Unit } from '../../api/candidate.js';
import type { Random } from '../../util/random.js';
import { Scope, type Entry } from './scope.js';
import { TermGenerator } from './terms.js';
import type { Draft, UnitMaker } from './unit-maker.js';
import { instance, conditionalInstance, typeClass } from './units/classes.js';
import { abbreviation, definition, opaque } from './units/definitions.js';
import { indexedInductive, inductive, mutualInductives, structure } from './units/inductives.js';
import { theorem } from './units/theorems.js';

/** What kinds of units there are, and how often each is tried. */
const makers: readonly (readonly [kind: string, weight: number, maker: UnitMaker])[] = [
  ['def', 6, definition],
  ['theorem', 6, theorem],
  ['inductive', 5, inductive],
  ['indexed', 2, indexedInductive],
  ['mutual', 1.5, mutualInductives],
  ['structure', 3, structure],
  ['class', 1.5, typeClass],
  ['instance', 2, instance],
  ['instance', 1, conditionalInstance],
  ['abbrev', 1.5, abbreviation],
  ['opaque', 1.5, opaque],
];
const weights = makers.map(([, weight]) => weight);

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
  ) {}

  /** A fresh list of units. */
  fresh(): Unit[] {
    const options = this.random.chance(fullShare) ? fullOptions : fastOptions;
    return this.extend([options], this.random.between(1, Math.max(1, Math.round(this.depth / 4))));
  }

  /** The units with `count` new ones behind them. */
  extend(units: readonly Unit[], count: number): Unit[] {
    const result = [...units];
    while (result.length < units.length + count) result.push(this.unit(result));
    return result;
  }

  private unit(before: readonly Unit[]): Unit {
    const scope = new Scope(before.flatMap(entriesOf));
    for (;;) {
      const [kind, , maker] = makers[this.random.weighted(weights)] ?? ['def', 1, definition];
      const draft = maker({
        random: this.random,
        scope,
        terms: new TermGenerator(this.random, scope),
        size: Math.max(2, Math.round(this.depth / 2)),
        name: (prefix) => `${prefix}${this.tag}_${this.counter++}`,
      });
      const uses = scope.takeUsed();
      if (draft !== undefined) return finish(kind, draft, uses);
    }
  }
}

const entries = new WeakMap<Unit, readonly Entry[]>();

/** What a unit declares, as its generator noted it. */
function entriesOf(unit: Unit): readonly Entry[] {
  let known = entries.get(unit);
  if (known === undefined) {
    known = JSON.parse(unit.memo) as Entry[];
    entries.set(unit, known);
  }
  return known;
}

function optionsUnit(text: string): Unit {
  return { kind: 'options', text, words: null, declares: [], uses: [], expected: 'any', memo: '[]' };
}

function finish(kind: string, draft: Draft, uses: readonly string[]): Unit {
  return {
    kind,
    text: draft.text,
    words: null,
    declares: draft.declares.map((entry) => entry.name),
    uses,
    expected: 'any',
    memo: JSON.stringify(draft.declares),
  };
}
