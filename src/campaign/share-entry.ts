/** The fifth stage: what of a candidate is worth building on goes to the other workers. */
import type { Candidate } from '../api/candidate.js';
import type { CorpusEntry } from '../api/entries.js';
import type { Execution } from '../api/execution.js';
import { isDiscovery, type Verdict } from '../api/verdict.js';
import type { SteadyRunner } from '../judge/ask/job-runner.js';
import { outcomeOf, reusableUnits, workOf } from '../judge/ask/job.js';
import { contentId, union } from '../share/entry-codec.js';
import { costOf } from '../share/favoured.js';
import { isImport } from './candidate-errors.js';
import { calibrate, type Calibration } from './coverage/calibrate.js';
import { reduceEntry } from './shrink/shrink-entry.js';
import type { Prepared, Stages } from './stages.js';

/** A candidate's features, those of them that are new, the new blocks of the kernel's code, and the judge's verdict. */
export interface Judged {
  readonly features: Uint32Array;
  readonly fresh: Uint32Array;
  readonly newBlocks: Uint32Array;
  readonly verdict: Verdict;
}

/** Shares the entry that a candidate comes to, made smaller; nothing where there is no news in it. */
export async function shareEntry(
  stages: Stages,
  runner: SteadyRunner,
  { candidate, rivalCost }: Pick<Prepared, 'candidate' | 'rivalCost'>,
  execution: Execution,
  judged: Judged,
): Promise<void> {
  const ofUser = isImport(candidate);
  if (!ofUser && (judged.verdict.kind === 'dull' || isStale(stages, candidate, execution, judged))) return;
  const kept = entryOf(stages, candidate, execution, judged);
  if (kept === undefined) return;
  // All that it reaches costs a whole run more: for what is new, and for what may be the cheapest to reach something.
  const isWorthIt = judged.newBlocks.length > 0 || costOf(kept) < rivalCost;
  const calibration =
    execution.end.kind === 'finished' && isWorthIt
      ? await calibrate(runner, candidate, judged.newBlocks)
      : undefined;
  // News that can't be seen again is none, where it was all there was.
  const hasNews = judged.fresh.length > 0 || judged.verdict.kind !== 'interesting';
  if (!ofUser && !hasNews && calibration?.fresh.length === 0) return;
  const entry = calibration === undefined ? kept : withBlocks(kept, calibration);
  // A file of the user's stays as it is.
  await stages.share(ofUser ? entry : await smaller(stages, runner, entry, judged.fresh));
}

/** Whether a verdict is about a lead that is a finding already, and nothing else is new. */
function isStale(
  stages: Stages,
  { units }: Candidate,
  { end }: Execution,
  { verdict, fresh, newBlocks }: Judged,
): boolean {
  if (verdict.kind !== 'lead' || fresh.length > 0 || newBlocks.length > 0) return false;
  const { suspect, signature } = verdict;
  const unit = suspect === undefined ? undefined : units[suspect];
  return unit === undefined ? end.kind !== 'finished' : stages.isExhausted(signature, unit);
}

/** An entry without what does not matter for its being new, as far as little work shows. */
async function smaller(
  stages: Stages,
  runner: SteadyRunner,
  entry: CorpusEntry,
  fresh: Uint32Array,
): Promise<CorpusEntry> {
  const least = stages.minimizes ? await reduceEntry(runner, entry, fresh) : entry;
  const trimmed = await stages.trim(runner, least, fresh);
  // With the rest went what only the rest showed. It has been seen, and when the campaign is resumed, entries say so.
  return { ...trimmed, features: union(trimmed.features, fresh) };
}

/** The corpus entry of a candidate; undefined where nothing is left to build on. */
function entryOf(
  stages: Stages,
  candidate: Candidate,
  execution: Execution,
  { features, fresh, verdict }: Judged,
): CorpusEntry | undefined {
  const failed = execution.end.kind !== 'finished';
  const kept = failed
    ? candidate
    : {
        ...candidate,
        units: reusableUnits(candidate, execution, isDiscovery(verdict) ? verdict.suspect : undefined),
      };
  if (kept.units.length === 0) return undefined;
  return {
    id: contentId(kept),
    candidate: kept,
    features,
    newFeatures: fresh.length,
    heartbeats: workOf(execution),
    outcome: outcomeOf(execution),
    worker: stages.worker,
  };
}

function withBlocks(entry: CorpusEntry, { blocks, fresh }: Calibration): CorpusEntry {
  return { ...entry, blocks, newFeatures: entry.newFeatures + fresh.length };
}
