import type { Finding } from '../../api/entries.js';
import type { Lean } from '../../api/lean.js';
import type { LoadedFinding } from '../../store/load-finding.js';
import { describeSize } from '../../store/finding-size.js';
import { weigh } from '../shrink/subject.js';
import { withDispute, type Opponent } from './opponent.js';

/** A difference between two, made smaller. */
export interface SmallerDifference {
  readonly finding: Finding;
  /** Sizes in words. */
  readonly before: string;
  readonly after: string;
  readonly isSmaller: boolean;
}

/** Makes a difference between two smaller for as long as they differ for the same cause; undefined where they don't. */
export async function minimizeDifference(
  { file, candidate }: LoadedFinding,
  lean: Lean,
  opponent: Opponent,
  { jobMillis, millis, signal }: { jobMillis: number; millis: number; signal?: AbortSignal | undefined },
): Promise<SmallerDifference | undefined> {
  const limits = { jobMillis, ...(signal === undefined ? {} : { signal }) };
  const small = await withDispute(file, lean, opponent, limits, (dispute) =>
    dispute.smaller(candidate, performance.now() + millis),
  );
  if (small === undefined) return undefined;
  const [before, after] = [describeSize({ candidate }), describeSize({ candidate: small.candidate })];
  const reasons = [...small.verdict.reasons, `minimised: ${before} to ${after}`];
  const finding = { ...small, id: file.id, form: 'named', verdict: { ...small.verdict, reasons } } as const;
  return { finding, before, after, isSmaller: weigh(small) < weigh({ candidate }) };
}
