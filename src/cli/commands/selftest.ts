import type { Command } from 'commander';
import { withLean } from '../../campaign/offline/with-lean.js';
import { selftestCases, type SelftestCase } from '../../campaign/offline/selftest/cases.js';
import { runSelftest, type SelftestResult } from '../../campaign/offline/selftest/run.js';
import type { TextStream } from '../../report/listeners.js';
import { ExitCode } from '../../util/errors.js';
import { asJson, asLine } from '../../util/printable.js';
import { interruptible } from '../interrupt.js';
import { chosenLean, leanOption, readLean } from '../lean-option.js';
import { output } from '../output.js';

/** Milliseconds that Lean may take over one step of a case: far more than any of them needs. */
const jobMillis = 20_000;

export function addSelftest(program: Command): void {
  program
    .command('selftest')
    .description('check that known soundness bugs of the embedded Lean are found, and their controls are not')
    .addOption(leanOption())
    .option('--json', 'print each result as JSON', false)
    .addHelpText(
      'after',
      '\nExit code 0 when every case is as expected, 78 otherwise.\n\nExample:\n  $ npx lean-fuzz selftest',
    )
    .action(async (raw: { json: boolean }, command: Command) => {
      const { which, option } = await readLean(command);
      await chosenLean(which, { level: 'both', mutant: null }, option);
      process.exitCode = await selftest(selftestCases, raw.json, output);
    });
}

/** Runs cases on a Lean of their own, prints them and a summary, and returns the command's exit code. */
export async function selftest(
  cases: readonly SelftestCase[],
  json: boolean,
  out: TextStream,
): Promise<ExitCode> {
  const print = (line: string): void => void out.write(`${line}\n`);
  const since = performance.now();
  const results = await interruptible(({ signal }) =>
    withLean({}, { jobMillis, signal }, (lean) =>
      runSelftest(lean, cases, (result) =>
        print(json ? asJson({ type: 'case', ...result }) : asLine(lineOf(result))),
      ),
    ),
  );
  const milliseconds = Math.round(performance.now() - since);
  const failed = results.filter(({ ok }) => !ok).length;
  const summary = { type: 'summary', cases: results.length, failed, milliseconds };
  print(
    json
      ? JSON.stringify(summary)
      : `selftest: ${results.length} cases, ${failed} failed, ${(milliseconds / 1000).toFixed(1)} s`,
  );
  return failed === 0 ? ExitCode.clean : ExitCode.unexpected;
}

function lineOf({ ok, name, expected, got, reasons, milliseconds }: SelftestResult): string {
  const status = ok ? 'ok    ' : 'FAILED';
  const [reason = ''] = reasons.slice(expected === 'solution' ? -1 : 0);
  const verdicts = `expected ${expected.padEnd(8)} got ${got.padEnd(8)}`;
  return `${status} ${name.padEnd(22)} ${verdicts} ${firstLine(reason)} (${milliseconds} ms)`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
