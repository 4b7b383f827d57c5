import { closeSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { dirSync } from 'tmp';
import { describeLean } from '../../api/lean.js';
import { bothAnswers } from '../../campaign/offline/both-kernels.js';
import { exportOfText } from '../../campaign/offline/export-text.js';
import { judgeOnLean } from '../../campaign/offline/judge-on-lean.js';
import type { Name } from '../../ir/name.js';
import type { CheckFileOptions, FileAnswer } from '../../kernel/import/check-file.js';
import { checkFile, defaultSteps, modeOf, openedFile } from '../../library/check.js';
import { invalid, messageOf, unusable } from '../../util/errors.js';
import { readBounded, writeNewFile } from '../../util/files.js';
import { jsonOf, linesOf, type Shown } from '../check-lines.js';
import { interruptible } from '../interrupt.js';
import { chosenLean, readLean, type NamedLean } from '../lean-option.js';
import { readLeanText } from '../lean-text.js';
import { integer, milliseconds } from '../../options/parse.js';
import { printError, printLine } from '../output.js';
import { actionLimits, asFlag } from '../../options/action-limits.js';

/** Exit codes of a checker in the Lean Kernel Arena; this command keeps to them. */
const exitCodes = { accepts: 0, refuses: 1, noAnswer: 2 } as const;

interface Options {
  readonly json?: true;
  readonly as?: string;
  readonly steps: string;
  readonly permittedAxioms?: string;
  readonly config?: string;
  readonly every?: true;
  readonly against?: string;
  readonly lean?: string;
  readonly timeout: string;
}

export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'check a file of declarations (lean4export, NDJSON 3.1.0), or a Lean file, with the kernel of lean-fuzz',
    )
    .argument('[file]', 'the file (default: what the environment variable IN names)')
    .option('--as <release>', 'judge as this release of Lean does, such as 4.35.0 (default: by the theory)')
    .option('--steps <n>', 'steps that one declaration may take', String(defaultSteps))
    .option('--permitted-axioms <names>', 'axioms that the file may declare, with commas (default: any)')
    .option('--config <file>', 'a JSON file with "permitted_axioms", a list of names')
    .option(
      '--every',
      'go on behind what is not accepted, as if it were, and say what came of every declaration',
    )
    .option('--against <which>', "compare every answer with that of a Lean's kernel, named as for --lean")
    .option('--lean <which>', 'the Lean that elaborates a file that ends in .lean (default: auto)')
    .option(
      '--timeout <time>',
      'wall-clock limit of elaborating it, and of a native Lean that is named by --against',
      asFlag(actionLimits.jobMillis),
    )
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      `
Exit codes, as in the Lean Kernel Arena: 0 accepted, 1 rejected, 2 declined; 78 wrong usage.
Without a file, it checks the one that the arena names in IN.

Examples:
  $ npx lean-fuzz check "$IN"
  $ npx lean-fuzz check certification/arena/finding.ndjson
  $ npx lean-fuzz check Proof.lean --lean embedded
  $ npx lean-fuzz check init.ndjson --as 4.28.0 --against embedded`,
    )
    .action(async (file: string | undefined, options: Options, command: Command) => {
      const path = file ?? process.env['IN'] ?? '';
      if (path === '') throw invalid('file', path, 'a file, as argument or in the environment variable IN');
      const settings = {
        mode: modeOf('--as', options.as),
        steps: integer('--steps', options.steps, 1, Number.MAX_SAFE_INTEGER),
        permittedAxioms: permittedAxioms(options),
        every: options.every === true || options.against !== undefined,
      };
      if (path.endsWith('.lean')) return checkText(path, settings, options, await readLean(command));
      if (options.lean !== undefined)
        throw invalid('--lean', options.lean, 'a file that ends in .lean with it: others are not elaborated');
      show(await answerWithOthers(path, settings, options), options);
    });
}

/** Our answer, with that of a Lean's kernel to every declaration where it is asked for. */
async function answerWithOthers(
  path: string,
  settings: CheckFileOptions,
  { against, timeout }: Options,
): Promise<FileAnswer & Pick<Shown, 'both'>> {
  const jobMillis = milliseconds('--timeout', timeout);
  const lean =
    against === undefined
      ? undefined
      : await chosenLean(against, { level: 'kernel', mutant: null }, '--against');
  const answer = await checkFile(path, settings);
  if (lean === undefined || answer.every === undefined) return answer;
  const descriptor = openedFile(path);
  try {
    const judged = await interruptible(({ signal }) => judgeOnLean(lean, descriptor, { jobMillis, signal }));
    return { ...answer, both: bothAnswers(answer.every, judged, lean) };
  } finally {
    closeSync(descriptor);
  }
}

/** Has a text elaborated, and checks the export of what came of it. */
async function checkText(
  path: string,
  settings: CheckFileOptions,
  options: Options,
  { which, option }: NamedLean,
): Promise<void> {
  const text = readLeanText(path);
  const jobMillis = milliseconds('--timeout', options.timeout);
  const lean = await chosenLean(which, { level: 'source', mutant: null }, option);
  if (lean.kind === 'native' && !lean.hasOleans)
    printError(
      `${describeLean(lean)} has no compiled Init: the text has the core library of lean-fuzz alone`,
    );
  const exported = await interruptible(({ signal }) => exportOfText(lean, text, { jobMillis, signal }));
  if (exported.kind !== 'accepts')
    return show({ answer: exported, line: null, constants: 0, axioms: [] }, options);
  const folder = dirSync({ unsafeCleanup: true, prefix: 'lean-fuzz-check-' });
  try {
    const file = join(folder.name, 'text.ndjson');
    writeNewFile(file, exported.ndjson);
    const answer = await answerWithOthers(file, withAssumed(settings, exported.assumed), options);
    const isAssumed = new Set(exported.assumed.filter((name) => !isAxiomOfLean(name)));
    const axioms = answer.axioms.filter((name) => !isAssumed.has(name));
    show({ ...answer, line: null, axioms, assumed: isAssumed.size }, options);
  } finally {
    folder.removeCallback();
  }
}

/** Constants of the library that a Lean has no value of are taken on trust, its axioms are not. */
function withAssumed(settings: CheckFileOptions, assumed: readonly Name[]): CheckFileOptions {
  const { permittedAxioms } = settings;
  if (permittedAxioms === null) return settings;
  return {
    ...settings,
    permittedAxioms: new Set([...permittedAxioms, ...assumed.filter((name) => !isAxiomOfLean(name))]),
  };
}

/** Whether a constant is an axiom in Lean's sources, of those that proofs may rest on. */
function isAxiomOfLean(name: Name): boolean {
  return axiomsOfLean.has(name);
}

const axiomsOfLean: ReadonlySet<Name> = new Set([
  ...['propext', 'Quot.sound', 'Classical.choice', 'sorryAx'],
  ...['Lean.ofReduceBool', 'Lean.ofReduceNat', 'Lean.trustCompiler'],
]);

function show(answer: Shown, { json, every }: Options): void {
  if (json === true) printLine(jsonOf(answer));
  else linesOf(answer, every === true).forEach(printLine);
  process.exitCode = exitCodes[answer.answer.kind];
}

/** The axioms that the option and the configuration name; null where neither says anything. */
function permittedAxioms({ permittedAxioms: named, config }: Options): ReadonlySet<string> | null {
  const listed = config === undefined ? undefined : axiomsOf(config);
  const given = named
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return listed === undefined && given === undefined ? null : new Set([...(listed ?? []), ...(given ?? [])]);
}

/** Bytes of a checker's configuration. */
const maxConfigBytes = 1 << 20;

function axiomsOf(path: string): readonly string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readBounded(path, maxConfigBytes).toString());
  } catch (error) {
    throw unusable('--config', path, `a JSON file that can be read (${messageOf(error)})`);
  }
  const axioms = (value as { permitted_axioms?: unknown } | null)?.permitted_axioms;
  if (axioms === undefined) return undefined;
  if (Array.isArray(axioms) && axioms.every((name): name is string => typeof name === 'string'))
    return axioms;
  throw unusable('--config, permitted_axioms', axioms, 'a list of names');
}
