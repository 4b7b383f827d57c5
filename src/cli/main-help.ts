import { commandOption } from './campaign-options.js';

/** Text below the list of commands: the options of `run` that matter most, as its own help has them. */
export function mainHelp(): string {
  const rows = mainKeys
    .map((key) => commandOption(key))
    .map(({ flags, description }) => [flags, description]);
  const width = Math.max(...rows.map(([flags = '']) => flags.length)) + 2;
  return `
Main options of run:
${rows.map(([flags = '', about = '']) => `  ${flags.padEnd(width)}${about}`).join('\n')}

Examples:
  $ npx lean-fuzz                          fuzz on all cores until Ctrl-C
  $ npx lean-fuzz --time 10m --cores 2     for ten minutes, on two cores
  $ npx lean-fuzz run --help               all options; every command has --help with an example

Exit codes: 0 clean, 77 a solution was found, 78 an unexpected error, 2 wrong usage; 130 and 143 after a second Ctrl-C or SIGTERM.`;
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
