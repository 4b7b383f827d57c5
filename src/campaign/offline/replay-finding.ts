import type { Lean } from '../../api/lean.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { ownKernelFor } from '../../judge/own-kernel.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { useOfFinding } from './lean-of-finding.js';
import { limitsOfFinding } from './limits-of-finding.js';
import { withDispute, type Opponent } from './opponent.js';
import { replayOnce, type ReplayRound } from './replay.js';
import { withLean } from './with-lean.js';
import { actionLimits } from '../../options/action-limits.js';

/** How a finding is run again. */
export interface ReplaySettings {
  readonly lean: Lean;
  /** Who differs from it, for a finding that is a difference between two. */
  readonly opponent: Opponent | undefined;
  readonly times: number;
  readonly jobMillis: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of each round as it ends. */
  readonly onRound?: (round: ReplayRound) => void;
}

/** Runs a finding again, each time on a fresh executor. */
export async function replayFinding(
  { file, candidate, claim }: LoadedFinding,
  { lean, opponent, times, jobMillis, signal, onRound }: ReplaySettings,
): Promise<ReplayRound[]> {
  const { kind, proof, outcome } = file;
  const own = ownKernelFor(lean);
  const replayAll = async (once: () => Promise<ReplayRound>): Promise<ReplayRound[]> => {
    const rounds: ReplayRound[] = [];
    while (rounds.length < times) {
      const round = await once();
      rounds.push(round);
      onRound?.(round);
    }
    return rounds;
  };
  const limits = { jobMillis, ...(signal === undefined ? {} : { signal }) };
  if (opponent !== undefined)
    return withDispute(file, lean, opponent, limits, (dispute) => replayAll(() => dispute.again(candidate)));
  const overrides = {
    ...limitsOfFinding(file, lean),
    ...(await zygoteOf(lean, useOfFinding(file), signal)),
  };
  return withLean(overrides, limits, (executor) =>
    replayAll(() => replayOnce(executor, { kind, proof, candidate, claim, outcome }, own)),
  );
}

/** Milliseconds for a replay: a time-out is replayed with the campaign's own limit. */
export function replayMillis({ file: { outcome, jobMillis = 0 } }: LoadedFinding): number {
  return outcome === 'timeout' && jobMillis > 0 ? jobMillis : actionLimits.jobMillis;
}
