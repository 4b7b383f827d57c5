import type { Checker } from '../../api/checker.js';
import type { LeanIdentity } from '../../api/lean.js';
import { CheckerHost } from '../../execute/checker/checker-host.js';
import { withoutTwice } from '../../execute/checker/found-checkers.js';
import { unusable } from '../../util/errors.js';
import { untilAborted } from '../../util/until-aborted.js';
import { AskedChecker } from './asked-checker.js';

interface TrialSettings {
  readonly lean: Pick<LeanIdentity, 'version' | 'githash'>;
  /** Wall-clock milliseconds of one run. */
  readonly jobMillis: number;
  readonly notice: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Those that answer as any kernel does to what is known: of the ones that were named, and of the ones that were found
 * and have no other's name. UserError (78) where one that was named does not; one that was found is left out, which
 * is said. The signal's reason where that is aborted.
 */
export async function tryCheckers(
  named: readonly Checker[],
  found: readonly Checker[],
  { lean, jobMillis, notice, signal }: TrialSettings,
): Promise<Checker[]> {
  const all = withoutTwice(named, found);
  if (all.length === 0) return [];
  const host = await CheckerHost.start(jobMillis);
  try {
    const useful: Checker[] = [];
    for (const checker of all) {
      const { name, command } = checker;
      const { useless, odd } = await untilAborted(new AskedChecker(host, checker, lean).try(), signal);
      if (useless !== undefined && named.includes(checker))
        throw unusable(`checker ${name}`, command, `a command that checks the export in $IN: ${useless}`);
      if (useless !== undefined) notice(`checker ${name} (${command}) is left out: ${useless}`);
      else useful.push(checker);
      if (odd !== undefined) notice(`checker ${name} (${command}): ${odd}`);
    }
    return useful;
  } finally {
    await host.stop();
  }
}
