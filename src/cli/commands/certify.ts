import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { checkersOf } from '../../api/checker.js';
import type { Lean } from '../../api/lean.js';
import {
  certificationOf,
  certified,
  certify,
  recordOf,
  type Certification,
  type CheckerAnswer,
} from '../../campaign/offline/certify.js';
import { checkersBeside, checkersOnPath, withoutTwice } from '../../execute/checker/found-checkers.js';
import { withLean } from '../../campaign/offline/with-lean.js';
import { requireFence } from '../../execute/lake/fenced-folder.js';
import { probeFences } from '../../execute/lake/template-server.js';
import type { FindingFile } from '../../store/finding-files.js';
import { loadFinding } from '../../store/load-finding.js';
import { ExitCode, invalid } from '../../util/errors.js';
import { zygoteOf } from '../../execute/native/chosen-lean.js';
import { commandOption, readCampaignOptions } from '../campaign-options.js';
import { interruptible } from '../interrupt.js';
import { leanOfFinding, leanOfFindingOption, useOfFinding } from '../lean-option.js';
import { printJson, printLine } from '../output.js';
import { milliseconds } from '../../options/parse.js';

interface RawOptions {
  readonly lean?: string;
  readonly timeout: string;
  readonly json: boolean;
}

export function addCertify(program: Command): void {
  program
    .command('certify')
    .description('put a finding to the other checkers that are on this machine, and record what they say')
    .argument('<finding>', "a finding's folder, or its finding.json")
    .addOption(leanOfFindingOption())
    .option('--timeout <time>', 'wall-clock limit of each checker', '10m')
    .addOption(commandOption('checkers'))
    .option('--json', 'print one JSON object a line', false)
    .addHelpText(
      'after',
      '\nExit code 77 when a checker passes it and none fails it, 0 when one fails it, 78 when none gave an answer, 2 where there is nothing to certify.\n\nExample:\n  $ npx lean-fuzz certify solutions/solution-188f4ada4aaf641f',
    )

    .action(async (path: string, raw: RawOptions, command: Command) => {
      const named = checkersOf((await readCampaignOptions(command, {}, ['checkers'])).options.checkers);
      const timeout = milliseconds('--timeout', raw.timeout);
      const finding = loadFinding(path);
      const { file, candidate, claim } = finding;
      const folder = statSync(path).isDirectory() ? path : dirname(path);
      requireFence(await probeFences());
      const isAsked = claim !== undefined && file.kind === 'solution' && candidate.level === 'source';
      const asked = async (): Promise<Certification> => {
        const lean = await leanOfFinding(file, raw.lean);
        return interruptible(async ({ signal }) => {
          const overrides = await zygoteOf(lean, useOfFinding(file), signal);
          return withLean(overrides, { signal }, (executor) => certificationOf(folder, finding, executor));
        });
      };
      const { files, exported } = isAsked ? await asked() : await certificationOf(folder, finding, undefined);
      if (isAsked && exported.kind !== 'accepts') {
        if (raw.json) printJson({ type: 'no export', why: exported.why });
        else printLine(`no export for other kernels: ${exported.why}`);
      }
      if (files.length === 0)
        throw invalid(
          path,
          `a ${file.kind} that no other checker takes`,
          'a solution or a kernel-level lead',
        );
      const checkers = withoutTwice(
        named,
        checkersBeside(await leanAtHand(file, raw.lean)),
        checkersOnPath(),
      );
      const answers = await interruptible(({ signal }) =>
        certify(folder, files, timeout, checkers, { signal }),
      );
      for (const answer of answers)
        if (raw.json) printJson({ type: 'answer', ...recordOf(answer) });
        else printLine(lineOf(answer));
      const together = certified(answers);
      if (together.kind === 'noAnswer' && !raw.json) printLine(`unknown: ${together.why}`);
      process.exitCode = exitCodes[together.kind];
    });
}

/** The finding's Lean, where it is here as it was: the checkers beside it are asked, too. */
async function leanAtHand(file: FindingFile, which: string | undefined): Promise<Lean | undefined> {
  if (which !== undefined) return leanOfFinding(file, which);
  return leanOfFinding(file, which).catch(() => undefined);
}

const exitCodes = {
  accepts: ExitCode.solution,
  refuses: ExitCode.clean,
  noAnswer: ExitCode.unexpected,
} as const;

const words = { accepts: 'passes it', refuses: 'fails it', noAnswer: 'no verdict' } as const;

function lineOf({ tool, answer, present, command, output, seconds }: CheckerAnswer): string {
  const said = output.trim().split('\n').at(-1) ?? '';
  const why = answer.kind === 'noAnswer' && answer.why !== said ? `${answer.why}; ${said}` : said;
  const word = present ? words[answer.kind] : 'not here';
  return `${tool.padEnd(12)} ${word.padEnd(10)} ${command} (${seconds} s)${answer.kind === 'accepts' ? '' : `: ${why}`}`;
}
