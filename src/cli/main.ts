import { Command, CommanderError } from 'commander';
import { ExitCode, UserError } from '../util/errors.js';
import { asUserError } from '../util/machine-trouble.js';
import { packageVersion } from '../util/package.js';
import { asLine } from '../util/printable.js';
import { addCommands, asksForHelp } from './command-table.js';
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
              .replace(/^missing required argument .*/, (missing) => `${missing}; --help has an example`)
              .trimEnd()
              .replaceAll('\n', ' '),
          ),
        ),
    });
  const words = argv.slice(2);
  if (asksForHelp(words)) program.addHelpText('after', (await import('./main-help.js')).mainHelp());
  await addCommands(program, words);
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
