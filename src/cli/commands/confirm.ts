import type { Command } from 'commander';
import { crossCheckMillis, crossCheck } from '../../campaign/supervise/cross-checks.js';
import { requireFence } from '../../execute/lake/fenced-folder.js';
import { startLakeHost } from '../../execute/lake/prepare-template.js';
import { missingFences } from '../../execute/lake/server-protocol.js';
import { probeFences } from '../../execute/lake/template-server.js';
import type { NativeAnswer } from '../../store/native-answer.js';
import { loadFinding } from '../../store/load-finding.js';
import { untilAborted } from '../../util/until-aborted.js';
import { ExitCode, invalid } from '../../util/errors.js';
import { addCampaignOptions, readCampaignOptions, toolchainKeys } from '../campaign-options.js';
import { interruptible } from '../interrupt.js';
import { printLine } from '../output.js';
import { milliseconds } from '../../options/parse.js';

export function addConfirm(program: Command): void {
  const command = program
    .command('confirm')
    .description('run a finding on a native toolchain, and record the answer in its folder')
    .argument('<finding>', "a finding's folder")
    .option('--timeout <time>', 'wall-clock limit of one command', `${crossCheckMillis}ms`);
  addCampaignOptions(command, toolchainKeys)
    .addHelpText(
      'after',
      '\nExit code 77 when it is confirmed, 0 when it is refused or disputed, 78 without an answer.\n\nExample:\n  $ npx lean-fuzz confirm solutions/solution-188f4ada4aaf641f --comparator ~/comparator/.lake/build/bin/comparator',
    )
    .action(async (folder: string, raw: { timeout: string }) => {
      const commandMillis = milliseconds('--timeout', raw.timeout);
      const { options } = await readCampaignOptions(command, {}, toolchainKeys);
      const { file } = loadFinding(folder);
      if (file.kernelMutant !== null)
        throw invalid(folder, `a finding on the planted bug ${file.kernelMutant}`, 'one on a real kernel');
      requireFence(await probeFences());
      const answer = await interruptible(async ({ signal }) => {
        const host = await startLakeHost(options, 1, commandMillis, signal);
        try {
          printLine(`toolchain: ${host.toolchain}`);
          for (const missing of missingFences(host.server.options)) printLine(`fence: ${missing}`);
          return await untilAborted(crossCheck(host, folder), signal);
        } finally {
          await host.server.stop();
        }
      });
      const { verdict, row, reasons } = answer;
      printLine(`${file.kind} ${file.id}: ${verdict}${row === null ? '' : ` (${row})`}`);
      for (const reason of reasons) printLine(`- ${reason}`);
      process.exitCode = exitCodes[verdict];
    });
}

const exitCodes = {
  confirmed: ExitCode.solution,
  refused: ExitCode.clean,
  disputed: ExitCode.clean,
  unknown: ExitCode.unexpected,
} as const satisfies Record<NativeAnswer['verdict'], ExitCode>;
