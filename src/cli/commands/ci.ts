import type { Command } from 'commander';
import { plainListener } from '../../report/listeners.js';
import { output } from '../output.js';
import { addCampaignOptions, readCampaignOptions, readOption } from '../campaign-options.js';
import { runToExitCode } from './run.js';

/** Candidates of a smoke test that nobody sized: half a minute on two cores. */
const defaultRuns = 600;

export function addCi(program: Command): void {
  addCampaignOptions(
    program
      .command('ci')
      .description('a smoke campaign for pipelines: plain output, stops by runs, fixed seed'),
  )
    .addHelpText(
      'after',
      '\nExit code 0 clean, 77 with a finding, 78 on an error.\n\nExample:\n  $ npx lean-fuzz ci --runs 600 --seed 1',
    )
    .action(async (_: object, command: Command) => {
      const isTimed = readOption(command, 'timeMillis') !== undefined;
      const ownDefaults = isTimed ? { seed: 1 } : { seed: 1, runs: defaultRuns };
      const { options, given } = readCampaignOptions(command, ownDefaults);
      // A pipeline must not join a campaign that has no end.
      const agreed = options.runs === undefined ? given : new Map([...given, ['runs', '--runs']]);
      process.exitCode = await runToExitCode(options, agreed, plainListener(output));
    });
}
