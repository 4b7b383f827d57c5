import type { Candidate, Unit } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import type { InputLevel } from '../api/execution.js';
import { forgetRecent } from '../ir/expr.js';
import { commonEnvironment } from '../kernel/base-environment.js';
import type { Environment } from '../kernel/environment.js';
import { Random } from '../util/random.js';
import { Choices } from './choices.js';
import type { CustomMutators, Finished } from './custom/custom-mutators.js';
import { builtInChange, lineageName } from './custom/lineage-name.js';
import { dictionaryName, type Dictionary } from './dictionary/dictionary.js';
import type { GrammarGenerator } from './grammar/grammar-generator.js';
import { KernelGenerator } from './kernel/kernel-generator.js';
import type { Mutator, SourceContext, SourceMutator } from './mutators/mutator.js';
import { ChunkStore } from './mutators/source/chunk-store.js';
import { sourceMutators } from './mutators/source/index.js';
import { unitMutators } from './mutators/unit-mutators.js';
import { categoriesOf } from './source/categories.js';
import { SourceGenerator } from './source/generator.js';
import { Scope } from './source/scope.js';
import type { Vocabulary } from './source/vocabulary.js';
import { SourceTermGenerator } from './source/terms.js';

/** The scheduler's view of the corpus. */
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
  readonly level: InputLevel;
  /** The environment that the kernel level begins with, as far as it is known. Default: that of the embedded Lean. */
  readonly base?: Environment;
  /** The vocabulary of the source level. Default: Lean's own Init. */
  readonly vocabulary?: Vocabulary;
  /** Makes the source level's candidates where there is one, in place of the typed generator. */
  readonly grammar?: GrammarGenerator | undefined;
  /** Learned yields of the campaign so far. Default: none, so that weights decide. */
  readonly choices?: Choices;
  /** Terms of the corpus, for the splicing mutator. */
  readonly chunks?: ChunkStore;
  /** Imports of the user's: each part is one candidate, unchanged, of its own level, from number `from` on. */
  readonly imports?:
    | {
        readonly from: number;
        readonly parts: readonly { readonly level: InputLevel; readonly units: readonly Unit[] }[];
      }
    | undefined;
  /** Tokens that the user wants to see in candidates. */
  readonly dictionary?: Dictionary | undefined;
  /** Mutators of the user's. */
  readonly custom?: CustomMutators | undefined;
}

/** Generator of the units of a level. */
interface UnitGenerator {
  fresh(): Unit[];
  extend(units: readonly Unit[], count: number): Unit[];
  /** Adds what is asked about the units, where the level has such questions. */
  complete(units: Unit[]): Unit[];
  /** A generator of terms behind these units, for the mutators of the source level. */
  termsBehind(units: readonly Unit[]): SourceTermGenerator;
}

/** The share of candidates that are made from nothing even when there is a corpus. */
const freshShare = 0.15;
/** Name of an import in lineages; an imported candidate stays in the corpus whatever it shows. */
export const importName = 'import';
/** Candidates that custom mutators may veto before one runs as it is. */
const maxVetoes = 3;
/** Questions at the kernel level: many, for they are cheap to make, and the units before them are run once. */
const questions = 20;

/**
 * Makes candidate number `run`. The choices come from the seed and the number alone, the material also from the
 * corpus of the level as it is: with one worker, and so one order of events, a campaign repeats exactly.
 */
export function makeCandidate(options: ScheduleOptions, run: number, corpus: CorpusView): Candidate {
  const { level, seed, custom, base = commonEnvironment } = options;
  // Our own kernel's answers at the edge of its fuel are choices, too.
  forgetRecent();
  const part = options.imports?.parts[run - options.imports.from];
  if (part !== undefined) {
    options.choices?.changedBy(run, [importName]);
    return {
      level: part.level,
      lineage: { seed, run, parents: [], mutators: [importName], categories: [] },
      units: part.units,
    };
  }
  const random = Random.of(seed, run);
  const choices = options.choices ?? new Choices();
  const generator = generatorOf(options, random, run, choices);
  for (let attempt = 1; ; attempt++) {
    const { units: drafted, parents, changes } = draft(options, random, run, generator, choices, corpus);
    const worded = options.dictionary?.put(random, level, drafted, base, run.toString(36));
    const units = worded ?? drafted;
    const finished = custom?.finish(level, units, random, run.toString(36)) ?? { units, changes: [] };
    // A custom mutator that vetoes everything must not stop the campaign.
    if (finished === 'veto' && attempt < maxVetoes) continue;
    const { units: last, changes: more } = finished === 'veto' ? { units, changes: [] } : finished;
    const categories = level === 'source' ? categoriesOf(last) : [];
    const byWords = worded === undefined ? [] : [builtInChange(dictionaryName)];
    const all = [...changes, ...byWords, ...more];
    const lineage = { seed, run, parents, mutators: all.map(lineageName), categories };
    choices.changedBy(
      run,
      all.map(({ mutator }) => mutator),
    );
    const isOfUser = worded !== undefined || all.some(({ isCustom }) => isCustom);
    return { level, lineage, units: complete(generator, last, isOfUser) };
  }
}

/** Questions are asked about whatever a mutator made, but not where the generator can make nothing of it. */
function complete(generator: UnitGenerator, units: Unit[], isOfUser: boolean): Unit[] {
  if (!isOfUser) return generator.complete(units);
  try {
    return generator.complete(units);
  } catch (error) {
    // The types of a user's trees hold nothing together: anything may go wrong on them.
    if (error instanceof Error) return units;
    throw error;
  }
}

interface Draft extends Finished {
  readonly parents: string[];
}

function draft(
  options: ScheduleOptions,
  random: Random,
  run: number,
  generator: UnitGenerator,
  choices: Choices,
  corpus: CorpusView,
): Draft {
  const parent = random.chance(freshShare) ? undefined : corpus.pick(random);
  const mutated =
    parent === undefined ? undefined : mutate(options, random, run, generator, choices, parent, corpus);
  return mutated ?? { units: generator.fresh(), parents: [], changes: [] };
}

function generatorOf(
  { level, depth, grammar, base = commonEnvironment, vocabulary }: ScheduleOptions,
  random: Random,
  run: number,
  choices: Choices,
): UnitGenerator {
  const tag = run.toString(36);
  if (level === 'kernel') {
    const generator = new KernelGenerator(random, tag, depth, base);
    return {
      fresh: () => generator.fresh(),
      extend: (units, count) => generator.extend(units, count),
      complete: (units) => generator.withQuestions(units, questions),
      termsBehind: () => new SourceTermGenerator(random, new Scope([]), () => 0),
    };
  }
  const generator = new SourceGenerator(random, tag, depth, () => choices.category(random, run), vocabulary);
  return {
    fresh: () => grammar?.fresh(random) ?? generator.fresh(),
    extend: (units, count) => generator.extend(units, count),
    complete: (units) => units,
    termsBehind: (units) => generator.termsBehind(units),
  };
}

function mutate(
  options: ScheduleOptions,
  random: Random,
  run: number,
  generator: UnitGenerator,
  choices: Choices,
  parent: CorpusEntry,
  corpus: CorpusView,
): Draft | undefined {
  const other = corpus.pick(random) ?? parent;
  const mutators = mutatorsFor(options, parent);
  const context: SourceContext = {
    random,
    tag: run.toString(36),
    other: other.candidate.units,
    maxUnits: Math.max(2, Math.round(options.depth / 1.5)),
    grow: (before, count) => generator.extend(before, count),
    termsBehind: (before) => generator.termsBehind(before),
    chunks: options.chunks ?? new ChunkStore(),
  };
  for (let attempt = 0; attempt < 4; attempt++) {
    const mutator = choices.mutator(random, options.level, mutators);
    const units = mutator.mutate(parent.candidate.units, context);
    if (units === undefined) continue;
    const parents = mutator.crosses === true ? [parent.id, other.id] : [parent.id];
    return { units, parents, changes: [mutator.lastChange?.() ?? builtInChange(mutator.name)] };
  }
  return undefined;
}

/** Entries that came from the grammar are mutated as trees, texts from elsewhere unit by unit; and as the user says. */
function mutatorsFor(
  { level, grammar, custom }: ScheduleOptions,
  parent: CorpusEntry,
): readonly (Mutator | SourceMutator)[] {
  const isTree = grammar?.treeOf(parent.candidate.units) !== undefined;
  const builtIn = isTree ? grammar.mutators : level === 'source' ? allSourceMutators : unitMutators;
  return custom === undefined ? builtIn : [...builtIn, ...custom.mutators(level)];
}

const allSourceMutators: readonly SourceMutator[] = [...unitMutators, ...sourceMutators];
