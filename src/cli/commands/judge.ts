import type { Command } from 'commander';
import { wordOf, type Answers } from '../../judge/checks.js';
import { describeAnswers } from '../../judge/embedded-answers.js';
import { ExitCode } from '../../util/errors.js';
import { judge } from '../../library/judge.js';
import { interruptible } from '../interrupt.js';
import { chosenLean, leanOption, readLean } from '../lean-option.js';
import { readLeanText } from '../lean-text.js';
import { printJson, printLine } from '../output.js';
import { milliseconds } from '../../options/parse.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

interface RawOptions {
  timeout: string;
  json: boolean;
  kernelMutant?: string;
}

export function addJudge(program: Command): void {
  program
    .command('judge')
    .description('judge a Lean file: is it a proof of False?')
    .argument('<file>', 'any Lean text; the constant soundness_check is audited where it declares one')
    .addOption(leanOption())
    .option('--timeout <time>', 'wall-clock limit', asFlag(actionLimits.jobMillis))
    .option('--json', 'print the verdict as JSON', false)
    .option('--kernel-mutant <name>', 'plant a known bug in the kernel, to test the judge')
    .addHelpText(
      'after',
      '\nExit code 77 for a proof of False, 0 for none, 78 where there is no answer.\n\nExample:\n  $ npx lean-fuzz judge Solution.lean',
    )
    .action(async (file: string, raw: RawOptions, command: Command) => {
      const jobMillis = milliseconds('--timeout', raw.timeout);
      const text = readLeanText(file);
      const { kernelMutant } = raw;
      const { which: lean, option } = await readLean(command);
      // Before Lean boots: the option has its own name here.
      await chosenLean(lean, { level: 'source', mutant: kernelMutant ?? null }, option);
      const verdict = await interruptible(({ signal }) =>
        judge(text, { lean, jobMillis, kernelMutant, signal }),
      );
      if (raw.json) printJson({ type: 'verdict', file, ...verdict, answers: wordsOf(verdict.answers) });
      else {
        printLine(`verdict: ${verdict.kind}`);
        verdict.reasons.forEach((reason) => printLine(`- ${reason}`));
        if (verdict.kind === 'solution') printLine(`axioms: ${verdict.axioms.join(', ') || 'none'}`);
        printLine(`in the seed's table: ${describeAnswers(verdict.answers)}`);
      }
      process.exitCode = exitCodes[verdict.kind];
    });
}

function wordsOf({ lake, comparator, safeVerify }: Answers): Record<keyof Answers, string> {
  return { lake: wordOf(lake), comparator: wordOf(comparator), safeVerify: wordOf(safeVerify) };
}

const exitCodes = {
  solution: ExitCode.solution,
  none: ExitCode.clean,
  unknown: ExitCode.unexpected,
} as const;
