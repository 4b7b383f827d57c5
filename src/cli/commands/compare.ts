import { closeSync, openSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { describeLean, isSameLean, type Lean } from '../../api/lean.js';
import { askLeans, tableOf, type LeanAnswers } from '../../campaign/offline/compare-leans.js';
import { limitsOfFinding, type WorkLimits } from '../../campaign/offline/limits-of-finding.js';
import type { Declaration } from '../../ir/declaration.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { differencesBetween, type LeanDifference } from '../../judge/differential/between-leans.js';
import { baseEnvironment } from '../../kernel/base-environment.js';
import { readDeclarations, withoutBase } from '../../kernel/import/read-file.js';
import { declarationsOf } from '../../store/declarations-of.js';
import { loadFinding } from '../../store/load-finding.js';
import { ExitCode, invalid, messageOf, unusable } from '../../util/errors.js';
import { chosenLean } from '../lean-option.js';
import { printJson, printLine } from '../output.js';
import { milliseconds } from '../../options/parse.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

interface RawOptions {
  readonly lean: readonly string[];
  readonly timeout: string;
  readonly json?: true;
}

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description(
      'ask several Leans about the declarations of a finding or an export, and say where they differ',
    )
    .argument(
      '<finding>',
      'the folder of a finding of the kernel level, or a file of lean4export (NDJSON 3.1.0)',
    )
    .option('--lean <which>', 'a Lean to ask; given at least twice', append, [])
    .option('--timeout <time>', 'wall-clock limit of one Lean', asFlag(actionLimits.jobMillis))
    .option('--json', 'print lines of JSON')
    .addHelpText(
      'after',
      `
Exit code 0 when all were asked, whether they agree or not; 78 where one of them gave no answer at all.

Examples:
  $ npx lean-fuzz compare leads/lead-188f4ada4aaf641f --lean embedded --lean 4.35.0
  $ npx lean-fuzz compare added.ndjson --lean 4.34.0 --lean 4.35.0`,
    )
    .action(async (path: string, raw: RawOptions) => {
      const jobMillis = milliseconds('--timeout', raw.timeout);
      const leans = await differentLeans(raw.lean);
      const { declarations, limitsFor } = askedAbout(path);
      const asked = await askLeans(leans, declarations, jobMillis, limitsFor);
      const [first, ...others] = asked;
      if (first === undefined) return;
      const units = declarations.map((declaration) => KernelUnit.of(declaration));
      for (const other of others)
        for (const difference of differencesBetween(units, first, other))
          show(difference, first, other, raw.json === true);
      for (const { shape, lean, counts } of tableOf(declarations, asked))
        if (raw.json === true) printJson({ type: 'table', shape, lean, ...counts });
        else
          printLine(
            `${shape}: ${counts.accepts} accepted, ${counts.refuses} refused, ${counts.noAnswer} unknown; ${lean}`,
          );
      const isSilent = ({ answers }: LeanAnswers): boolean =>
        answers.every(({ kind }) => kind === 'noAnswer');
      process.exitCode = asked.some(isSilent) ? ExitCode.unexpected : ExitCode.clean;
    });
}

function append(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The Leans that are named. UserError (2) where there are less than two, or one twice. */
async function differentLeans(named: readonly string[]): Promise<Lean[]> {
  if (named.length < 2)
    throw invalid('--lean', named.join(', '), 'at least two Leans, each with a --lean of its own');
  const leans: Lean[] = [];
  for (const which of named) {
    const lean = await chosenLean(which, { level: 'kernel', mutant: null });
    const same = leans.find((one) => isSameLean(one, lean));
    if (same !== undefined)
      throw invalid('--lean', which, `another Lean than ${describeLean(same)}, which is named already`);
    leans.push(lean);
  }
  return leans;
}

/** Declarations that are asked about, and, where they are a finding's, the limits for each Lean. */
interface AskedAbout {
  readonly declarations: Declaration[];
  readonly limitsFor?: (lean: Lean) => Partial<WorkLimits>;
}

function askedAbout(path: string): AskedAbout {
  const isFinding = isFolder(path) || basename(path) === 'finding.json';
  return isFinding ? ofFinding(path) : { declarations: ofFile(path) };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unusable('finding', path, `a finding or a file that can be read (${messageOf(error)})`);
  }
}

function ofFinding(path: string): AskedAbout {
  const { file, candidate, claim } = loadFinding(path);
  if (candidate.level !== 'kernel')
    throw invalid(
      path,
      `a ${file.kind} of the source level`,
      `one of the kernel level; "certify" makes an export of it: ${join(path, 'certification', 'arena')}`,
    );
  const limitsFor = (lean: Lean): Partial<WorkLimits> => limitsOfFinding(file, lean);
  return { declarations: declarationsOf({ candidate, claim }), limitsFor };
}

function ofFile(path: string): Declaration[] {
  const descriptor = openSync(path, 'r');
  try {
    const read = readDeclarations(descriptor);
    if (read.kind !== 'accepts') throw invalid(path, read.why, 'an export of lean4export, NDJSON 3.1.0');
    return withoutBase(read.declarations, (name) => baseEnvironment.find(name) !== undefined);
  } finally {
    closeSync(descriptor);
  }
}

function show(difference: LeanDifference, one: LeanAnswers, other: LeanAnswers, json: boolean): void {
  const { name, shape, explained } = difference;
  const leans = [describeLean(one.lean), describeLean(other.lean)] as const;
  if (json) {
    printJson({ type: 'difference', ...difference, leans });
    return;
  }
  printLine(`${name} (${shape})${explained.map((text) => `; ${text}`).join('')}`);
  printLine(`  ${difference.one}; ${leans[0]}`);
  printLine(`  ${difference.other}; ${leans[1]}`);
}
