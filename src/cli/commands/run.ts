import type { Command } from 'commander';
import type { CampaignListener, CampaignOptions } from '../../api/campaign.js';
import type { CampaignEnd } from '../../campaign/campaign-end.js';
import { runCampaign } from '../../campaign/run-campaign.js';
import type { Named } from '../../options/named.js';
import { jsonListener, plainListener, quietListener } from '../../report/listeners.js';
import { screenListener } from '../../report/screen/screen-listener.js';
import { didYouMean } from '../../util/closest.js';
import { ExitCode, invalid } from '../../util/errors.js';
import { interruptible } from '../interrupt.js';
import { output } from '../output.js';
import { isInForeground } from '../terminal/foreground.js';
import { TerminalScreen } from '../terminal/terminal-screen.js';
import { addCampaignOptions, readCampaignOptions } from '../campaign-options.js';

interface RawOutputOptions {
  json: boolean;
  quiet: boolean;
}

/** Who hears of a campaign, and what is to be done when it is over, however it ended. */
export interface Shown {
  readonly listener: CampaignListener;
  readonly close?: () => void;
}

export function addRun(program: Command, names: readonly string[]): void {
  addCampaignOptions(
    program.command('run', { isDefault: true }).description('fuzz Lean (the default command)'),
  )
    .option('--json', 'print one JSON object a line; the last has type "summary"', false)
    .option('--quiet', 'print the summary only', false)
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz --cores 2 --time 60s --seed 7')
    .action(async (raw: RawOutputOptions, command: Command) => {
      // As the default command, run gets every misspelt one; main lets it through so that it is named here.
      const [misspelt] = command.args;
      if (misspelt !== undefined)
        throw invalid('command', misspelt, `one of ${names.join(', ')}${didYouMean(misspelt, names)}`);
      const { options, named } = await readCampaignOptions(command);
      process.exitCode = exitCodeOf(await runToEnd(options, named, () => shownBy(raw)));
    });
}

/**
 * Runs a campaign that a signal, or a reader of the output who has gone, ends in order, and a second signal at once.
 * `open` says who hears of it, when signals are caught already.
 */
export async function runToEnd(
  options: CampaignOptions,
  named: Named,
  open: () => Shown,
): Promise<CampaignEnd> {
  const unread = new AbortController();
  const forget = output.onClosed(() => unread.abort());
  try {
    return await interruptible(async ({ signal, now }) => {
      const { listener, close } = open();
      try {
        const stop = { signal: AbortSignal.any([signal, unread.signal]), now };
        return await runCampaign(options, named, listener, stop);
      } finally {
        close?.();
      }
    });
  } finally {
    forget();
  }
}

/** A campaign that looks for news is clean where it found what is known only. */
function exitCodeOf({ stopOnSolution, summary }: CampaignEnd): ExitCode {
  const { solutionFolders, knownSolutionFolders } = summary;
  const uncounted = stopOnSolution === 'new' ? knownSolutionFolders.length : 0;
  return solutionFolders.length > uncounted ? ExitCode.solution : ExitCode.clean;
}

function shownBy({ json, quiet }: RawOutputOptions): Shown {
  if (json) return { listener: jsonListener(output) };
  if (quiet) return { listener: quietListener(output) };
  const isScreen = process.stdout.isTTY && process.env['TERM'] !== 'dumb' && isInForeground();
  if (!isScreen) return { listener: plainListener(output) };
  const screen = new TerminalScreen();
  return { listener: screenListener(screen), close: () => screen.close() };
}
