import type { CorpusEntry } from '../../api/entries.js';
import { reductionsOf } from '../../generate/mutators/source/reductions.js';
import { featuresOf } from '../../judge/features.js';
import { contentId } from '../../share/entry-codec.js';
import type { JobRunner } from '../../judge/ask/confirm.js';
import { jobFor, outcomeOf, workOf } from '../../judge/ask/job.js';

/** Executions that making one entry smaller may cost. Most of their time is saved: the prefix has been run. */
const budget = 4;

/**
 * Makes a new entry of the source level smaller as long as it still shows what was new about it. An entry is mutated
 * many times, so what does not matter in it would be run many times.
 */
export async function minimizeEntry(
  runner: Pick<JobRunner, 'run'>,
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  if (entry.candidate.level !== 'source' || !isSound(entry.outcome)) return entry;
  // Features that only the claims showed are not required: claims are not run again.
  const wanted = await featuresAlone(runner, entry, fresh);
  if (wanted.length === 0) return entry;
  let least = entry;
  let spent = 1;
  for (const units of reductionsOf(() => least.candidate.units)) {
    if (spent++ >= budget) break;
    const candidate = { ...least.candidate, units };
    const [execution] = await runner.run([jobFor(candidate, [])]);
    if (execution === undefined || execution.failure !== null) continue;
    const features = featuresOf(candidate, execution);
    const seen = new Set(features);
    if (!wanted.every((feature) => seen.has(feature))) continue;
    const id = contentId(candidate);
    least = {
      ...least,
      id,
      candidate,
      features,
      outcome: outcomeOf(execution),
      heartbeats: workOf(execution),
    };
  }
  return least;
}

/** Those of the new features that the entry shows without any claim. */
async function featuresAlone(
  runner: Pick<JobRunner, 'run'>,
  { candidate }: CorpusEntry,
  fresh: Uint32Array,
): Promise<readonly number[]> {
  const [execution] = await runner.run([jobFor(candidate, [])]);
  if (execution === undefined || execution.failure !== null) return [];
  const seen = new Set(featuresOf(candidate, execution));
  return [...fresh].filter((feature) => seen.has(feature));
}

function isSound(outcome: string): boolean {
  return outcome === 'accepted' || outcome === 'rejected';
}
