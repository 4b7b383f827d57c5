import { availableParallelism } from 'node:os';
import type { Finding } from '../api/entries.js';
import type { MinimizeProgress } from '../campaign/shrink/minimize.js';
import { invalid } from '../util/errors.js';
import { known, numberOf, toNobody, type LeanOptions } from './options.js';

/** What {@link minimize} takes besides the finding. */
export interface MinimizeOptions extends LeanOptions {
  /** Executors that try at the same time, up to 48. Default: all cores. */
  readonly cores?: number | undefined;
  /** Milliseconds for all of it. Default: 60,000. */
  readonly timeMillis?: number | undefined;
  /** A folder below which the smaller finding is written. Default: the finding's own. */
  readonly out?: string | undefined;
  /** Hears of each edit that made it smaller. Default: nobody. */
  readonly onProgress?: ((progress: MinimizeProgress) => void) | undefined;
}

export type { MinimizeProgress };

/** What minimising came to. */
export type Smaller =
  | {
      readonly kind: 'accepts';
      readonly finding: Finding;
      /** Where it was written; null where it is as small as it was. */
      readonly folder: string | null;
      readonly tried: number;
      /** Whether every edit was tried on what is left. */
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
 * @throws {@link UserError} with exit code 2 for what is no finding, a finding of class difference (the command
 *   minimises those) or an option that can't be, 78 where the Lean that it was found on is not here, or nothing can be
 *   written.
 */
export async function minimize(path: string, options: MinimizeOptions = {}): Promise<Smaller> {
  const {
    lean: which,
    cores,
    timeMillis,
    jobMillis,
    out,
    signal,
    onNotice,
    onProgress,
  } = known(
    options,
    ...(['lean', 'cores', 'timeMillis', 'jobMillis', 'out', 'signal', 'onNotice', 'onProgress'] as const),
  );
  const { leanOfFinding } = await import('../campaign/offline/lean-of-finding.js');
  const { minimizeFinding, writeSmaller } = await import('../campaign/offline/minimize-finding.js');
  const { maxExecutors } = await import('../campaign/offline/with-lean.js');
  const { weigh } = await import('../campaign/shrink/subject.js');
  const { loadFinding } = await import('../store/load-finding.js');
  const settings = {
    cores: numberOf('cores', cores, Math.min(availableParallelism(), maxExecutors), 1, maxExecutors),
    millis: numberOf('timeMillis', timeMillis, 60_000),
    jobMillis: numberOf('jobMillis', jobMillis, 10_000),
  };
  const loaded = loadFinding(path);
  if (loaded.file.class === 'difference')
    throw invalid('finding', path, 'one of another class than difference');
  const lean = await leanOfFinding(loaded.file, which, 'lean', onNotice ?? toNobody);
  const result = await minimizeFinding(loaded, {
    ...{ lean, ...settings, signal },
    ...(onProgress && { progress: onProgress }),
  });
  if (result.kind !== 'accepts') return result;
  const isSmaller = weigh(result.subject) < weigh({ candidate: loaded.candidate, claim: loaded.claim });
  return {
    kind: 'accepts',
    finding: result.finding,
    folder: isSmaller ? writeSmaller(path, out, loaded, lean, result.finding) : null,
    tried: result.tried,
    isSmallest: result.complete && result.unanswered === 0,
  };
}
