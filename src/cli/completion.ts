import type { Command } from 'commander';
import { namesOf, toolchainsHere } from '../execute/native/toolchains-here.js';
import { optionEntries } from '../options/option-table.js';
import { never } from '../util/errors.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A flag of a command. */
interface Flag {
  /** With its dashes. */
  readonly name: string;
  readonly takesValue: boolean;
  /** The values that it may have, where those are words. */
  readonly values: readonly string[];
  /** Whether it may have a file or a folder as well. */
  readonly takesFiles: boolean;
  readonly about: string;
}

/** A command, by the words that name it: `corpus list` has two. */
interface Completed {
  readonly words: readonly string[];
  readonly about: string;
  readonly flags: readonly Flag[];
  /** The commands below it. */
  readonly below: readonly Completed[];
}

/** A script for a shell that completes `lean-fuzz`'s command lines: commands, their flags, and the words of these. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.map((command) => completed(command, []));
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh': // takes functions of bash
      return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
    case 'fish':
      return fishScript(commands);
    default:
      return never(shell);
  }
}

function completed(command: Command, above: readonly string[]): Completed {
  const words = [...above, command.name()];
  return {
    words,
    about: command.description(),
    flags: command.options
      .filter(({ hidden, long }) => !hidden && long != null)
      .map(({ long, required, optional, description }) => ({
        name: long ?? '',
        takesValue: required || optional,
        values: valuesOf(long ?? ''),
        takesFiles: namesLean(long ?? ''),
        about: description.split(' (default: ')[0] ?? '',
      })),
    below: command.commands.map((one) => completed(one, words)),
  };
}

/** Whether the value of a flag is as that of `--lean`. */
const namesLean = (flag: string): boolean => flag === '--lean' || flag === '--against';

function valuesOf(flag: string): readonly string[] {
  if (namesLean(flag)) return ['embedded', 'auto', ...namesHere()];
  const form = optionEntries.find(([, entry]) => entry.flag === flag)?.[1].kind.form;
  return form?.is === 'word' ? (form.words ?? []) : [];
}

/** The names of the toolchains that are here now, without those in which a bash sees several words. */
function namesHere(): string[] {
  const names = toolchainsHere().flatMap((one) => namesOf(one));
  return names.filter((name) => /^[\w.-]+$/.test(name));
}

const lastWord = ({ words }: Completed): string => words.at(-1) ?? '';

function bashScript(commands: readonly Completed[]): string {
  const all = commands.flatMap((command) => [command, ...command.below]);
  const values = new Map(
    all.flatMap(({ flags }) =>
      flags.filter((flag) => flag.values.length > 0).map((flag) => [flag.name, flag]),
    ),
  );
  const cases = (rows: readonly (readonly [string, string])[]): string =>
    rows.map(([pattern, words]) => `    ${pattern}) words="${words}" ;;`).join('\n');
  const parents = commands.filter(({ below }) => below.length > 0);
  return `_lean_fuzz() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="" words="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$command $word" in
      ${[
        ...commands.map((command) => `" ${lastWord(command)}"`),
        ...parents.flatMap(({ words: [name], below }) => below.map((one) => `"${name} ${lastWord(one)}"`)),
      ].join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  case "$before" in
${cases([...values].map(([name, flag]) => [name, flag.values.join(' ')]))}
  esac
  if [ -z "$words" ]; then case "$current" in
    -*) case "\${command:-run}" in
${cases(all.map(({ words, flags }) => [`"${words.join(' ')}"`, [...flags.map(({ name }) => name), '--help'].join(' ')]))}
    esac ;;
    *) case "$command" in
${cases([
  ['""', commands.map(lastWord).join(' ')],
  ...parents.map(({ words: [name = ''], below }) => [`"${name}"`, below.map(lastWord).join(' ')] as const),
])}
    esac ;;
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _lean_fuzz lean-fuzz
`;
}

function fishScript(commands: readonly Completed[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const names = commands.map(lastWord).join(' ');
  const lines = [`complete -c lean-fuzz -n '__fish_use_subcommand' -f`];
  const flagLine = (condition: string, { name, takesValue, values, takesFiles, about }: Flag): string => {
    const words = ` -${takesFiles ? 'r' : 'x'} -a ${quoted(values.join(' '))}`;
    const argument = values.length > 0 ? words : takesValue ? ' -r' : '';
    return `complete -c lean-fuzz -n ${quoted(condition)} -l ${name.slice(2)}${argument} -d ${quoted(about)}`;
  };
  for (const command of commands) {
    const name = lastWord(command);
    // A line that names no command is one of run.
    const condition =
      name === 'run'
        ? `not __fish_seen_subcommand_from ${names}; or __fish_seen_subcommand_from run`
        : `__fish_seen_subcommand_from ${name}`;
    lines.push(
      `complete -c lean-fuzz -n '__fish_use_subcommand' -a ${name} -d ${quoted(command.about)}`,
      ...command.flags.map((flag) => flagLine(condition, flag)),
    );
    const below = command.below.map(lastWord).join(' ');
    for (const one of command.below)
      lines.push(
        `complete -c lean-fuzz -n ${quoted(`${condition}; and not __fish_seen_subcommand_from ${below}`)} -f -a ${lastWord(one)} -d ${quoted(one.about)}`,
        ...one.flags.map((flag) =>
          flagLine(`${condition}; and __fish_seen_subcommand_from ${lastWord(one)}`, flag),
        ),
      );
  }
  return `${lines.join('\n')}\n`;
}
