import { availableParallelism } from 'node:os';
import type { Finding } from '../api/entries.js';
import type { MinimizeProgress } from '../campaign/shrink/minimize.js';
import { known, numberOf, toNobody, type LeanOptions } from './options.js';
import { actionLimits } from '../options/action-limits.js';

/** Options of {@link minimize}. */
export interface MinimizeOptions extends LeanOptions {
  /** Executors that try at the same time, up to 48. Default: all cores. */
  readonly cores?: number | undefined;
  /** Milliseconds for all of it. Default: 60,000. */
  readonly timeMillis?: number | undefined;
  /** A folder below which the smaller finding is written. Default: the finding's own. */
  readonly out?: string | undefined;
  /** Of a finding of class difference: the other Lean, named as `lean` is. Default: as its opinions.json says. */
  readonly against?: string | undefined;
  /** Of such a finding: another kernel that reads exports, as NAME=COMMAND with the file in $IN. Default: none. */
  readonly checker?: string | undefined;
  /** Hears of each edit that made it smaller; of a difference nothing is said. Default: nobody. */
  readonly onProgress?: ((progress: MinimizeProgress) => void) | undefined;
}

export type { MinimizeProgress };

/** The result of minimising. */
export type Smaller =
  | {
      readonly kind: 'accepts';
      readonly finding: Finding;
      /** Where it was written; none where it is as small as it was. */
      readonly folder?: string;
      /** Edits that were tried; undefined of a difference, whose edits nobody counts. */
      readonly tried: number | undefined;
      /** Whether every edit was tried on what is left; of a difference nobody knows. */
      readonly isSmallest: boolean;
    }
  /** It does not reproduce here. */
  | { readonly kind: 'refuses'; readonly why: string }
  /** It is not known whether it does. */
  | { readonly kind: 'noAnswer'; readonly why: string };

/**
 * Makes a finding smaller as long as the judge says the same of it.
 *
 * @param path - A finding's folder or its finding.json.
 * @param options - See {@link MinimizeOptions}; what is left out has its default. `signal` ends it with what it has.
 * @throws {@link UserError} with exit code 2 for what is no finding, a difference of which nobody knows who differs, or
 *   an option that can't be, 78 where the Lean that it was found on is not here, or nothing can be
 *   written.
 */
export async function minimize(path: string, options: MinimizeOptions = {}): Promise<Smaller> {
  const {
    lean: which,
    cores,
    timeMillis,
    jobMillis,
    out,
    against,
    checker,
    signal,
    onNotice,
    onProgress,
  } = known(
    options,
    ...([
      'lean',
      'cores',
      'timeMillis',
      'jobMillis',
      'out',
      'against',
      'checker',
      'signal',
      'onNotice',
      'onProgress',
    ] as const),
  );
  const { leanOfFinding } = await import('../campaign/offline/lean-of-finding.js');
  const { findOpponent } = await import('../campaign/offline/find-opponent.js');
  const { minimizeDifference } = await import('../campaign/offline/minimize-difference.js');
  const { minimizeFinding, writeSmaller } = await import('../campaign/offline/minimize-finding.js');
  const { maxExecutors } = await import('../campaign/offline/with-lean.js');
  const { weigh } = await import('../campaign/shrink/subject.js');
  const { loadFinding } = await import('../store/load-finding.js');
  const settings = {
    cores: numberOf('cores', cores, Math.min(availableParallelism(), maxExecutors), 1, maxExecutors),
    millis: numberOf('timeMillis', timeMillis, actionLimits.minimizeMillis),
    jobMillis: numberOf('jobMillis', jobMillis, actionLimits.tryMillis),
  };
  const loaded = loadFinding(path);
  const tell = onNotice ?? toNobody;
  const lean = await leanOfFinding(loaded.file, which, 'lean', tell);
  const names = { against: 'against', checker: 'checker' };
  const opponent = await findOpponent(path, loaded.file, lean, { against, checker }, names, tell);
  if (opponent !== undefined) {
    const small = await minimizeDifference(loaded, lean, opponent, { ...settings, signal });
    if (small === undefined) return { kind: 'refuses', why: 'the two do not differ here' };
    const written = small.isSmaller ? { folder: writeSmaller(path, out, loaded, lean, small.finding) } : {};
    return { kind: 'accepts', finding: small.finding, ...written, tried: undefined, isSmallest: false };
  }
  const result = await minimizeFinding(loaded, {
    ...{ lean, ...settings, signal },
    ...(onProgress && { progress: onProgress }),
  });
  if (result.kind !== 'accepts') return result;
  const isSmaller = weigh(result.subject) < weigh({ candidate: loaded.candidate, claim: loaded.claim });
  return {
    kind: 'accepts',
    finding: result.finding,
    ...(isSmaller ? { folder: writeSmaller(path, out, loaded, lean, result.finding) } : {}),
    tried: result.tried,
    isSmallest: result.complete && result.unanswered === 0,
  };
}
