/** Makes new entries smaller as long as they show what was new about them: each is mutated, and so run, many times. */
import { noAnswer, accepts, refuses, type Answer } from '../../api/answer.js';
import type { Candidate, Unit } from '../../api/candidate.js';
import type { CorpusEntry } from '../../api/entries.js';
import type { Execution, InputLevel } from '../../api/execution.js';
import { customChange, lineageName } from '../../generate/custom/lineage-name.js';
import { reductionsOf } from '../../generate/mutators/source/reductions.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import { jobFor, outcomeOf, workOf } from '../../judge/ask/job.js';
import { featuresOf } from '../../judge/features.js';
import { contentId } from '../../share/entry-codec.js';
import { Shrinker, skip, type Pass } from './shrink.js';

/**
 * Executions that making one entry smaller may cost, after the first. Most of their time is saved: the prefix has
 * been run.
 */
const reductionBudget = 3;
/** Executions that a mutator may spend on one entry. */
const trimBudget = 16;

/** Makes an entry smaller, step by step; implemented by custom mutators. */
export interface Trimmer {
  readonly name: string;
  trim(level: InputLevel, units: readonly Unit[], step: number): Unit[] | undefined;
}

const reduce: Pass<CorpusEntry> = {
  name: 'reduce',
  *edits(entry, tried) {
    const { candidate } = entry;
    for (const units of skip(reductionsOf(candidate.units), tried))
      yield () => ({ ...entry, candidate: { ...candidate, units } });
  },
};

/** An entry of the source level as small as a few executions get it. */
export async function reduceEntry(
  runner: Pick<JobRunner, 'run'>,
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  const ran = entry.outcome === 'accepted' || entry.outcome === 'rejected';
  if (entry.candidate.level !== 'source' || !ran) return entry;
  return shrinkEntry(
    runner,
    entry,
    fresh,
    [reduce],
    reductionBudget,
    (execution) => execution.end.kind === 'finished',
  );
}

/** The entry as small as the trimmers get it. Refused units are no longer part of it. */
export async function trimEntry(
  runner: Pick<JobRunner, 'run'>,
  trimmers: readonly Trimmer[],
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  let trimmed = entry;
  for (const trimmer of trimmers)
    trimmed = await shrinkEntry(runner, trimmed, fresh, [trimsOf(trimmer)], trimBudget, isAccepted);
  return trimmed;
}

/** The step stays where a version is kept: what stood behind a part that went has moved into its place. */
function trimsOf(trimmer: Trimmer): Pass<CorpusEntry> {
  return {
    name: trimmer.name,
    *edits(entry, tried) {
      const { candidate } = entry;
      for (let step = tried; ; step++) {
        const units = trimmer.trim(candidate.level, candidate.units, step);
        if (units === undefined) return;
        const mutator = lineageName(customChange(trimmer.name, 'trim'));
        yield () => ({ ...entry, candidate: withUnits(candidate, units, mutator) });
      }
    },
  };
}

/**
 * An entry after one round of passes, each form of which shows those of the new features that the entry shows without
 * any claim: claims cost most of the time.
 */
async function shrinkEntry(
  runner: Pick<JobRunner, 'run'>,
  entry: CorpusEntry,
  fresh: Uint32Array,
  passes: readonly Pass<CorpusEntry>[],
  budget: number,
  isSound: (execution: Execution) => boolean,
): Promise<CorpusEntry> {
  const executed = new Map<CorpusEntry, Execution>();
  const run = async (form: CorpusEntry): Promise<Set<number> | undefined> => {
    const [execution] = await runner.run([jobFor(form.candidate, [])]);
    if (execution === undefined || !isSound(execution) || execution.end.kind !== 'finished') return undefined;
    executed.set(form, execution);
    return new Set(featuresOf(form.candidate, execution));
  };
  const shown = await run(entry);
  const wanted = [...fresh].filter((feature) => shown?.has(feature));
  if (wanted.length === 0) return entry;
  const test = async (form: CorpusEntry): Promise<Answer> => {
    const features = await run(form);
    if (features === undefined) return noAnswer('not run to its end');
    return wanted.every((feature) => features.has(feature)) ? accepts : refuses('it shows less');
  };
  const shrinker = new Shrinker<CorpusEntry>({
    test: async (forms) => Promise.all(forms.map(test)),
    batch: 1,
    budget,
  });
  const least = await shrinker.round(passes, entry);
  const execution = executed.get(least);
  return least === entry || execution === undefined ? entry : asEntry(least, execution);
}

/** An entry of another content, which came to this. */
function asEntry(entry: CorpusEntry, execution: Execution): CorpusEntry {
  const { candidate } = entry;
  return {
    ...entry,
    id: contentId(candidate),
    features: featuresOf(candidate, execution),
    outcome: outcomeOf(execution),
    heartbeats: workOf(execution),
  };
}

function isAccepted({ steps }: Execution): boolean {
  return steps.every((step) => step.outcome.kind === 'accepted');
}

function withUnits(candidate: Candidate, units: readonly Unit[], mutator: string): Candidate {
  const { lineage } = candidate;
  const mutators = lineage.mutators.includes(mutator) ? lineage.mutators : [...lineage.mutators, mutator];
  return { ...candidate, units, lineage: { ...lineage, mutators } };
}
