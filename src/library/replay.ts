import type { ReplayRound } from '../campaign/offline/replay.js';
import { known, numberOf, toNobody, type LeanOptions } from './options.js';

/** Options of {@link replay}. */
export interface ReplayOptions extends LeanOptions {
  /** The finding's id, where `path` is a campaign's folder. Default: none. */
  readonly id?: string | undefined;
  /** How often, each on a fresh executor. Default: 3. */
  readonly times?: number | undefined;
  /** Of a finding of class difference: the other Lean, named as `lean` is. Default: as its opinions.json says. */
  readonly against?: string | undefined;
  /** Of such a finding: another kernel that reads exports, as NAME=COMMAND with the file in $IN. Default: none. */
  readonly checker?: string | undefined;
  /** Hears of each round as it ends. Default: nobody. */
  readonly onRound?: ((round: ReplayRound) => void) | undefined;
}

/** The result of a replay: its rounds, and whether every one reproduced the finding. */
export interface Replay {
  readonly id: string;
  readonly kind: 'lead' | 'solution';
  /** `accepts` where it was reproduced, `refuses` where not, `noAnswer` where a limit or a failure came between. */
  readonly rounds: readonly ReplayRound[];
  /** Whether every round reproduced it. */
  readonly isStable: boolean;
}

export type { ReplayRound };

/**
 * Runs a finding again, each time on a fresh executor.
 *
 * @param path - A finding's folder or its finding.json, or a campaign's folder with the option `id`.
 * @param options - See {@link ReplayOptions}; what is left out has its default.
 * @throws {@link UserError} with exit code 2 for what is no finding or an option that can't be, 78 where the Lean that
 *   it was found on is not here; the signal's reason where it is aborted.
 */
export async function replay(path: string, options: ReplayOptions = {}): Promise<Replay> {
  const {
    id,
    lean: which,
    times,
    against,
    checker,
    jobMillis,
    signal,
    onNotice,
    onRound,
  } = known(
    options,
    ...(['id', 'lean', 'times', 'against', 'checker', 'jobMillis', 'signal', 'onNotice', 'onRound'] as const),
  );
  const count = numberOf('times', times, 3, 1, 1000);
  const { leanOfFinding } = await import('../campaign/offline/lean-of-finding.js');
  const { findOpponent } = await import('../campaign/offline/find-opponent.js');
  const { findingAt } = await import('../campaign/offline/load-stored.js');
  const { replayFinding, replayMillis } = await import('../campaign/offline/replay-finding.js');
  const finding = findingAt(path, id);
  const { file } = finding;
  const tell = onNotice ?? toNobody;
  const lean = await leanOfFinding(file, which, 'lean', tell);
  const rounds = await replayFinding(finding, {
    ...{ lean, times: count, signal },
    opponent: await findOpponent(
      path,
      file,
      lean,
      { against, checker },
      { against: 'against', checker: 'checker' },
      tell,
    ),
    jobMillis: numberOf('jobMillis', jobMillis, replayMillis(finding)),
    ...(onRound && { onRound }),
  });
  const isStable = rounds.every(({ kind }) => kind === 'accepts');
  return { id: file.id, kind: file.kind === 'solution' ? 'solution' : 'lead', rounds, isStable };
}
