import type { Candidate, Unit } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import { Random } from '../util/random.js';
import type { Mutator } from './mutators/mutator.js';
import { unitMutators } from './mutators/unit-mutators.js';
import { SourceGenerator } from './source/generator.js';

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
}

/** The share of candidates that are made from nothing even when there is a corpus. */
const freshShare = 0.15;

/**
 * Makes candidate number `run`. The choices come from the seed and the number alone, the material also from the
 * corpus as it is: with one worker, and so one order of events, a campaign repeats exactly.
 */
export function makeCandidate(options: ScheduleOptions, run: number, corpus: CorpusView): Candidate {
  const random = Random.of(options.seed, run);
  const generator = new SourceGenerator(random, run.toString(36), options.depth);
  const parent = random.chance(freshShare) ? undefined : corpus.pick(random);
  const mutated = parent === undefined ? undefined : mutate(options, random, generator, parent, corpus);
  if (mutated !== undefined) {
    return {
      level: 'source',
      lineage: { seed: options.seed, run, parents: mutated.parents, mutators: [mutated.mutator] },
      units: mutated.units,
    };
  }
  return {
    level: 'source',
    lineage: { seed: options.seed, run, parents: [], mutators: [] },
    units: generator.fresh(),
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
  generator: SourceGenerator,
  parent: CorpusEntry,
  corpus: CorpusView,
): Mutated | undefined {
  const other = corpus.pick(random) ?? parent;
  for (let attempt = 0; attempt < 4; attempt++) {
    const mutator = chooseMutator(random);
    const units = mutator.mutate(parent.candidate.units, {
      random,
      other: other.candidate.units,
      maxUnits: Math.max(2, Math.round(options.depth / 1.5)),
      grow: (before, count) => generator.extend(before, count),
    });
    if (units === undefined) continue;
    const parents = mutator.name === 'splice' ? [parent.id, other.id] : [parent.id];
    return { units, parents, mutator: mutator.name };
  }
  return undefined;
}

function chooseMutator(random: Random): Mutator {
  const mutator = unitMutators[random.weighted(unitMutators.map(({ weight }) => weight))];
  if (mutator === undefined) throw new Error('no mutators');
  return mutator;
}
