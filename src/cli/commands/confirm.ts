import type { Command } from 'commander';
import { confirmationMillis, confirmNatively } from '../../campaign/supervise/native-confirmer.js';
import { requireFence } from '../../execute/lake/fenced-folder.js';
import { startLakeHost } from '../../execute/lake/prepare-template.js';
import { missingFences } from '../../execute/lake/server-protocol.js';
import { probeFences } from '../../execute/lake/template-server.js';
import type { NativeAnswer } from '../../store/native-answer.js';
import { loadFinding } from '../../store/load-finding.js';
import { ExitCode, invalid } from '../../util/errors.js';
import { addLakeOptions, lakeOptions, type RawLakeOptions } from '../lake-options.js';
import { printLine } from '../output.js';
import { milliseconds } from '../parse.js';

export function addConfirm(program: Command): void {
  const command = program
    .command('confirm')
    .description('run a finding on a native toolchain, and record the answer in its folder')
    .argument('<finding>', "a finding's folder")
    .option('--timeout <time>', 'wall-clock limit of one command', `${confirmationMillis}ms`);
  addLakeOptions(command)
    .addHelpText(
      'after',
      '\nExit code 77 when it is confirmed, 0 when it is refused or disputed, 78 without an answer.\n\nExample:\n  $ npx lean-fuzz confirm solutions/solution-188f4ada4aaf641f --comparator ~/comparator/.lake/build/bin/comparator',
    )
    .action(async (folder: string, raw: RawLakeOptions & { timeout: string }) => {
      const commandMillis = milliseconds('--timeout', raw.timeout);
      const options = lakeOptions(raw);
      const { file } = loadFinding(folder);
      if (file.kernelMutant !== null)
        throw invalid(folder, `a finding on the planted bug ${file.kernelMutant}`, 'one on a real kernel');
      requireFence(await probeFences());
      const host = await startLakeHost(options, 1, commandMillis);
      try {
        printLine(`toolchain: ${host.toolchain}`);
        for (const missing of missingFences(host.server.options)) printLine(`fence: ${missing}`);
        const { verdict, row, reasons } = await confirmNatively(host, folder);
        printLine(`${file.kind} ${file.id}: ${verdict}${row === null ? '' : ` (${row})`}`);
        for (const reason of reasons) printLine(`- ${reason}`);
        process.exitCode = exitCodes[verdict];
      } finally {
        await host.server.stop();
      }
    });
}

const exitCodes = {
  confirmed: ExitCode.solution,
  refused: ExitCode.clean,
  disputed: ExitCode.clean,
  unknown: ExitCode.unexpected,
  'not askable': ExitCode.unexpected,
} as const satisfies Record<NativeAnswer['verdict'], ExitCode>;
