import type { CorpusEntry } from '../../api/entries.js';
import type { JobRunner } from '../../judge/ask/job-runner.js';
import { jobFor, outcomeOf } from '../../judge/ask/job.js';
import type { OwnKernel } from '../../judge/own-kernel.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { replayOnce, type ReplayRound } from './replay.js';

/** Tries of a finding that gives no answer. */
const tries = 3;
/** Entries that are handed over together. */
const batch = 16;

/** Runs a stored finding again, on fresh executors; more than once only where there is no answer. */
export async function regressFinding(
  runner: JobRunner,
  { file: { kind, proof, outcome, class: leadClass }, candidate, claim }: LoadedFinding,
  own: OwnKernel,
): Promise<ReplayRound> {
  const replayed = (): Promise<ReplayRound> =>
    replayOnce(runner, { kind, proof, class: leadClass, candidate, claim, outcome }, own);
  let round = await replayed();
  for (let i = 1; i < tries && round.kind === 'noAnswer'; i++) round = await replayed();
  return round;
}

/** An entry with its outcome when it was kept, and its outcome now. */
export interface EntryAgain {
  readonly entry: CorpusEntry;
  readonly before: CorpusEntry['outcome'];
  readonly outcome: CorpusEntry['outcome'] | 'not run';
}

/** Runs the entries of a corpus again, in their order, and hands each to `onEntry`. */
export async function regressEntries(
  runner: Pick<JobRunner, 'run'>,
  entries: readonly CorpusEntry[],
  onEntry: (again: EntryAgain) => void,
): Promise<void> {
  for (let at = 0; at < entries.length; at += batch) {
    const some = entries.slice(at, at + batch);
    const executions = await runner.run(some.map(({ candidate }) => jobFor(candidate, [])));
    some.forEach((entry, index) => {
      const execution = executions[index];
      // Units of the candidate that were refused are not in the entry any more.
      const before = entry.outcome === 'rejected' ? 'accepted' : entry.outcome;
      onEntry({ entry, before, outcome: execution === undefined ? 'not run' : outcomeOf(execution) });
    });
  }
}
