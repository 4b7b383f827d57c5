import type { Candidate, Unit } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import type { Level } from '../api/execution.js';
import { Random } from '../util/random.js';
import { Choices } from './choices.js';
import type { GrammarGenerator } from './grammar/grammar-generator.js';
import { KernelGenerator } from './kernel/kernel-generator.js';
import type { Mutator, SourceContext, SourceMutator } from './mutators/mutator.js';
import { ChunkStore } from './mutators/source/chunk-store.js';
import { sourceMutators } from './mutators/source/index.js';
import { unitMutators } from './mutators/unit-mutators.js';
import { categoriesOf } from './source/categories.js';
import { SourceGenerator } from './source/generator.js';
import { Scope } from './source/scope.js';
import { TermGenerator } from './source/terms.js';

/** What the scheduler wants of the corpus. */
export interface CorpusView {
  readonly size: number;
  /** An entry that is worth work, drawn by energy; undefined while there is none. */
  pick(random: Random): CorpusEntry | undefined;
}

export interface ScheduleOptions {
  /** The campaign's seed. */
  readonly seed: number;
  /** Bounds the size of candidates; see docs/generator.md. Default 15. */
  readonly depth: number;
  readonly level: Level;
  /** Makes the source level's candidates where there is one, in place of the typed generator. */
  readonly grammar?: GrammarGenerator | undefined;
  /** What the campaign has learned so far; weights decide where it has learned nothing. */
  readonly choices?: Choices;
  /** Terms of the corpus, for the splicing mutator. */
  readonly chunks?: ChunkStore;
}

/** What makes the units of a level. */
interface UnitGenerator {
  fresh(): Unit[];
  extend(units: readonly Unit[], count: number): Unit[];
  /** Adds what is asked about the units, where the level has such questions. */
  complete(units: Unit[]): Unit[];
  /** What the mutators of the source level need of it. */
  termsBehind(units: readonly Unit[]): TermGenerator;
}

/** The share of candidates that are made from nothing even when there is a corpus. */
const freshShare = 0.15;
/** Questions at the kernel level: many, for they are cheap to make, and the units before them are run once. */
const questions = 20;

/**
 * Makes candidate number `run`. The choices come from the seed and the number alone, the material also from the
 * corpus of the level as it is: with one worker, and so one order of events, a campaign repeats exactly.
 */
export function makeCandidate(options: ScheduleOptions, run: number, corpus: CorpusView): Candidate {
  const { level, seed } = options;
  const random = Random.of(seed, run);
  const choices = options.choices ?? new Choices();
  const generator = generatorOf(options, random, run, choices);
  const parent = random.chance(freshShare) ? undefined : corpus.pick(random);
  const mutated =
    parent === undefined ? undefined : mutate(options, random, generator, choices, parent, corpus);
  const { units, parents, mutator } = mutated ?? {
    units: generator.fresh(),
    parents: [],
    mutator: undefined,
  };
  const mutators = mutator === undefined ? [] : [mutator];
  const categories = level === 'source' ? categoriesOf(units) : [];
  return {
    level,
    lineage: { seed, run, parents, mutators, categories },
    units: generator.complete(units),
  };
}

function generatorOf(
  { level, depth, grammar }: ScheduleOptions,
  random: Random,
  run: number,
  choices: Choices,
): UnitGenerator {
  const tag = run.toString(36);
  if (level === 'kernel') {
    const generator = new KernelGenerator(random, tag, depth);
    return {
      fresh: () => generator.fresh(),
      extend: (units, count) => generator.extend(units, count),
      complete: (units) => generator.withQuestions(units, questions),
      termsBehind: () => new TermGenerator(random, new Scope([]), () => 0),
    };
  }
  const generator = new SourceGenerator(random, tag, depth, () => choices.category(random, run));
  return {
    fresh: () => grammar?.fresh(random) ?? generator.fresh(),
    extend: (units, count) => generator.extend(units, count),
    complete: (units) => units,
    termsBehind: (units) => generator.termsBehind(units),
  };
}

interface Mutated {
  units: Unit[];
  parents: string[];
  mutator: string;
}

function mutate(
  options: ScheduleOptions,
  random: Random,
  generator: UnitGenerator,
  choices: Choices,
  parent: CorpusEntry,
  corpus: CorpusView,
): Mutated | undefined {
  const other = corpus.pick(random) ?? parent;
  const context: SourceContext = {
    random,
    other: other.candidate.units,
    maxUnits: Math.max(2, Math.round(options.depth / 1.5)),
    grow: (before, count) => generator.extend(before, count),
    termsBehind: (before) => generator.termsBehind(before),
    chunks: options.chunks ?? new ChunkStore(),
  };
  for (let attempt = 0; attempt < 4; attempt++) {
    const mutator = choices.mutator(random, options.level, mutatorsFor(options, parent));
    const units = mutator.mutate(parent.candidate.units, context);
    if (units === undefined) continue;
    const parents = mutator.crosses === true ? [parent.id, other.id] : [parent.id];
    return { units, parents, mutator: mutator.name };
  }
  return undefined;
}

/** Entries that came from the grammar are mutated as trees; texts from elsewhere unit by unit. */
function mutatorsFor(
  { level, grammar }: ScheduleOptions,
  parent: CorpusEntry,
): readonly (Mutator | SourceMutator)[] {
  if (grammar?.treeOf(parent.candidate.units) !== undefined) return grammar.mutators;
  return level === 'source' ? allSourceMutators : unitMutators;
}

const allSourceMutators: readonly SourceMutator[] = [...unitMutators, ...sourceMutators];
