import type { Candidate, Unit } from '../../api/candidate.js';
import type { CorpusEntry } from '../../api/entries.js';
import type { InputLevel } from '../../api/execution.js';
import { lineageName } from '../../generate/custom/lineage-name.js';
import { featuresOf } from '../../judge/features.js';
import { contentId } from '../../share/entry-codec.js';
import type { JobRunner } from '../../judge/ask/confirm.js';
import { jobFor } from '../../judge/ask/job.js';

/** Executions that a mutator may spend on one entry. */
const maxSteps = 16;

/** Makes an entry smaller, step by step; implemented by custom mutators. */
export interface Trimmer {
  readonly name: string;
  trim(level: InputLevel, units: readonly Unit[], step: number): Unit[] | undefined;
}

/** The entry as small as the trimmers get it while it still shows those of the new features that it showed. */
export async function trimEntry(
  runner: JobRunner,
  trimmers: readonly Trimmer[],
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  // Refused units are no longer part of the entry, and the features that they showed are gone with them.
  const shown = trimmers.length === 0 ? undefined : await featuresOfAccepted(runner, entry.candidate);
  const wanted = [...fresh].filter((feature) => shown?.has(feature));
  if (wanted.length === 0) return entry;
  let { candidate } = entry;
  for (const trimmer of trimmers) {
    // The step stays where a version is kept: what stood behind a part that went has moved into its place.
    for (let runs = 0, step = 0; runs < maxSteps; runs++) {
      const units = trimmer.trim(candidate.level, candidate.units, step);
      if (units === undefined) break;
      const smaller = withUnits(candidate, units, lineageName(trimmer.name, 'trim'));
      const features = await featuresOfAccepted(runner, smaller);
      if (wanted.every((feature) => features?.has(feature))) candidate = smaller;
      else step++;
    }
  }
  return { ...entry, id: contentId(candidate), candidate };
}

/**
 * The features of a candidate without claims, which cost most of the time; undefined where a unit is refused or the
 * candidate is not finished.
 */
async function featuresOfAccepted(runner: JobRunner, candidate: Candidate): Promise<Set<number> | undefined> {
  const [execution] = await runner.run([jobFor(candidate, [])]);
  if (execution === undefined || execution.failure !== null) return undefined;
  if (execution.steps.some((step) => step.refusal !== null)) return undefined;
  return new Set(featuresOf(candidate, execution));
}

function withUnits(candidate: Candidate, units: readonly Unit[], mutator: string): Candidate {
  const { lineage } = candidate;
  const mutators = lineage.mutators.includes(mutator) ? lineage.mutators : [...lineage.mutators, mutator];
  return { ...candidate, units, lineage: { ...lineage, mutators } };
}
