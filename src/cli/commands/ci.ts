import type { Command } from 'commander';
import { plainListener } from '../../report/listeners.js';
import { output } from '../output.js';
import { addRunOptions, campaignOptions, givenOptions, type RawRunOptions } from '../run-options.js';
import { runToExitCode } from './run.js';

/** Candidates of a smoke test that nobody sized: half a minute on two cores. */
const defaultRuns = '600';

export function addCi(program: Command): void {
  addRunOptions(
    program
      .command('ci')
      .description('a smoke campaign for pipelines: plain output, stops by runs, fixed seed'),
  )
    .addHelpText(
      'after',
      '\nExit code 0 clean, 77 with a finding, 78 on an error.\n\nExample:\n  $ npx lean-fuzz ci --runs 600 --seed 1',
    )
    .action(async (raw: RawRunOptions, command: Command) => {
      const runs = raw.runs ?? (raw.time === undefined ? defaultRuns : undefined);
      const options = campaignOptions({
        ...raw,
        seed: raw.seed ?? '1',
        ...(runs === undefined ? {} : { runs }),
      });
      // A pipeline must not join a campaign that has no end.
      const given = new Map(givenOptions(command));
      if (runs !== undefined) given.set('runs', '--runs');
      process.exitCode = await runToExitCode(options, given, plainListener(output));
    });
}
