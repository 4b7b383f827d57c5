import { Command, CommanderError } from 'commander';
import { ExitCode, UserError } from '../util/errors.js';
import { asUserError } from '../util/machine-trouble.js';
import { packageVersion } from '../util/package.js';
import { asLine } from '../util/printable.js';
import { addCertify } from './commands/certify.js';
import { addCheck } from './commands/check.js';
import { addCompletion } from './commands/completion.js';
import { addCompare } from './commands/compare.js';
import { addCi } from './commands/ci.js';
import { addCoverage } from './commands/coverage.js';
import { addCorpus } from './commands/corpus.js';
import { addConfig } from './commands/config.js';
import { addConfirm } from './commands/confirm.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addGen } from './commands/gen.js';
import { addHealth } from './commands/health.js';
import { addJudge } from './commands/judge.js';
import { addMinimize } from './commands/minimize.js';
import { addNew } from './commands/new.js';
import { addRegress } from './commands/regress.js';
import { addRepair } from './commands/repair.js';
import { addReplay } from './commands/replay.js';
import { addReport } from './commands/report.js';
import { addRun } from './commands/run.js';
import { addSelftest } from './commands/selftest.js';
import { addStatus } from './commands/status.js';
import { commandOption } from './campaign-options.js';
import { Interrupted } from './interrupt.js';
import { output, printError, printText } from './output.js';

/** Runs the command line and sets the exit code. Nothing that the user can mend prints a stack. */
export async function main(argv: readonly string[]): Promise<void> {
  output.guard();
  const program = new Command('lean-fuzz')
    .description('Hunts soundness bugs in Lean 4: inputs for which Lean accepts a proof of False.')
    .version(packageVersion)
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({
      writeOut: printText,
      outputError: (text) =>
        printError(
          asLine(
            text
              .replace(/^error: /, '')
              .trimEnd()
              .replaceAll('\n', ' '),
          ),
        ),
    })
    .addHelpText(
      'after',
      `
${mainOptions()}

Examples:
  $ npx lean-fuzz                          fuzz on all cores until Ctrl-C
  $ npx lean-fuzz --time 10m --cores 2     for ten minutes, on two cores
  $ npx lean-fuzz run --help               all options; every command has --help with an example
` +
        '\nExit codes: 0 clean, 77 a solution was found, 78 an unexpected error, 2 wrong usage; 130 and 143 after a second Ctrl-C or SIGTERM.',
    );
  for (const add of commands) add(program);
  program.commands.forEach((command) => command.exitOverride().copyInheritedSettings(program));
  program.commands.find((command) => command.name() === 'run')?.allowExcessArguments();
  try {
    await program.parseAsync(argv);
    output.check();
  } catch (error) {
    const code = report(error);
    // The codes of `check` are answers, so that wrong usage of it has another.
    process.exitCode = argv[2] === 'check' && code === ExitCode.usage ? ExitCode.unexpected : code;
  }
}

/** The options of `run` that matter most, as its own help has them. */
function mainOptions(): string {
  const rows = mainKeys
    .map((key) => commandOption(key))
    .map(({ flags, description }) => [flags, description]);
  const width = Math.max(...rows.map(([flags = '']) => flags.length)) + 2;
  return `Main options of run:\n${rows.map(([flags = '', about = '']) => `  ${flags.padEnd(width)}${about}`).join('\n')}`;
}

const mainKeys = [
  'cores',
  'timeMillis',
  'level',
  'lean',
  'campaignFolder',
  'seed',
  'stopOnSolution',
] as const;

const commands: readonly ((program: Command) => void)[] = [
  addRun,
  addCi,
  addGen,
  addJudge,
  addReplay,
  addRegress,
  addMinimize,
  addCertify,
  addCheck,
  addCompare,
  addExport,
  addConfig,
  addStatus,
  addHealth,
  addReport,
  addRepair,
  addCorpus,
  addNew,
  addCoverage,
  addConfirm,
  addSelftest,
  addDoctor,
  addCompletion,
];

function report(thrown: unknown): number {
  const error = asUserError(thrown, 'the machine', pathOf(thrown));
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.usage;
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof UserError) {
    printError(error.message);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  printError(`unexpected error: ${stack}`);
  return ExitCode.unexpected;
}

/** The file or the call that the machine has failed at. */
function pathOf(error: unknown): string {
  const { path, syscall, code } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return path ?? syscall ?? code ?? '';
}
