import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { isRunning, stoppedProcess } from '../../campaign/join/is-running.js';
import { problemsOf } from '../../report/health.js';
import { outputObject } from '../../report/json/line-schema.js';
import { newestCampaign } from '../../store/newest-campaign.js';
import { readCampaign } from '../../store/read-campaign.js';
import { ExitCode } from '../../util/errors.js';
import { printJson, printLine } from '../output.js';

export function addHealth(program: Command): void {
  program
    .command('health')
    .description('say what is wrong with a campaign and what to do; exits with 78 where something is')
    .argument('[campaign]', "a campaign's folder (default: the newest below campaigns/)")
    .option('--json', 'as one object')
    .addHelpText('after', '\nExample:\n  $ npx lean-fuzz health campaigns/nightly')
    .action(async (given: string | undefined, { json }: { json?: true }) => {
      const folder = given ?? newestCampaign();
      const record = readCampaign(folder);
      const problems = problemsOf(record, {
        isRunning: await isRunning(folder),
        stopped: stoppedProcess(folder),
        cores: availableParallelism(),
        freeBytes: freeBytesAt(folder),
      });
      if (json === true) printJson(outputObject('campaign health', { folder, problems }));
      else if (problems.length === 0) printLine('nothing is wrong');
      else problems.flatMap(({ problem, advice }) => [problem, `  ${advice}`]).forEach(printLine);
      if (problems.length > 0) process.exitCode = ExitCode.unexpected;
    });
}

function freeBytesAt(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
