import type { Command } from 'commander';
import { withLean } from '../../campaign/offline/with-lean.js';
import { replayOnce } from '../../campaign/offline/replay.js';
import { leanPackage } from '../../execute/embedded/package-files.js';
import { loadFinding, type LoadedFinding } from '../../store/load-finding.js';
import { ExitCode } from '../../util/errors.js';
import { parseMutant } from '../mutant-option.js';
import { printLine } from '../output.js';
import { integer, milliseconds } from '../parse.js';

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('run a finding again, in a fresh process')
    .argument('<finding>', "a finding's folder, or its finding.json")
    .option('--times <n>', 'how often, each on a fresh executor', '3')
    .option('--timeout <time>', 'wall-clock limit of one candidate', '60s')
    .addHelpText(
      'after',
      '\nExit code 77 when a solution is reproduced, 0 otherwise.\n\nExample:\n  $ npx lean-fuzz replay solutions/solution-188f4ada4aaf641f',
    )
    .action(async (path: string, raw: { times: string; timeout: string }) => {
      const times = integer('--times', raw.times, 1, 1000);
      const jobMillis = milliseconds('--timeout', raw.timeout);
      const reproduced = await replay(loadFinding(path), times, jobMillis);
      process.exitCode = reproduced ? ExitCode.solution : ExitCode.clean;
    });
}

/** Replays and reports; true for a solution that was reproduced at least once. */
async function replay(
  { file, candidate, claim }: LoadedFinding,
  times: number,
  jobMillis: number,
): Promise<boolean> {
  if (!file.leanVersion.startsWith(leanPackage.leanVersion)) {
    printLine(`note: found on Lean ${file.leanVersion}, replayed on Lean ${leanPackage.leanVersion}`);
  }
  let reproduced = 0;
  await withLean(parseMutant(file.kernelMutant), { jobMillis }, async (lean) => {
    for (let round = 1; round <= times; round++) {
      const result = await replayOnce(lean, { kind: file.kind, candidate, claim, outcome: file.outcome });
      if (result.reproduced) reproduced++;
      printLine(
        `round ${round}: ${result.reproduced ? 'reproduced' : 'not reproduced'}: ${result.reasons.join('; ')}`,
      );
    }
  });
  const stability = reproduced === times ? 'stable' : reproduced === 0 ? 'not reproduced' : 'flaky';
  printLine(`${file.kind} ${file.id}: ${stability} (${reproduced} of ${times})`);
  return reproduced > 0 && file.kind === 'solution';
}
