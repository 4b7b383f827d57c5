import type { Command } from 'commander';
import { didYouMean } from '../../util/closest.js';
import { invalid } from '../../util/errors.js';
import { completionScript, shells, type Shell } from '../completion.js';
import { printText } from '../output.js';

/** `completion SHELL`: prints what makes a shell complete command lines. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete command lines: bash, zsh or fish')
    .argument('<shell>', shells.join(', '))
    .addHelpText(
      'after',
      `
Examples:
  $ npx lean-fuzz completion bash >> ~/.bash_completion
  $ npx lean-fuzz completion fish > ~/.config/fish/completions/lean-fuzz.fish`,
    )
    .action((shell: string) => {
      if (!isShell(shell))
        throw invalid(
          'shell',
          shell,
          `${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}${didYouMean(shell, shells)}`,
        );
      printText(completionScript(shell, program));
    });
}

function isShell(name: string): name is Shell {
  return (shells as readonly string[]).includes(name);
}
