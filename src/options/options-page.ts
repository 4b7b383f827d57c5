import { optionEntries, type OptionEntry } from './option-table.js';

/** A flag with what stands behind it, as `--help` and docs/options.md show it. */
export function usageOf({ flag = '', short, argument }: OptionEntry): string {
  const flags = short === undefined ? flag : `${short}, ${flag}`;
  return argument === undefined ? flags : `${flags} ${argument}`;
}

/** A default as docs/options.md and `--help` show it. */
export function defaultOf({ byDefault, defaultText }: OptionEntry): string {
  return defaultText ?? `${byDefault as string | number | boolean}`;
}

/** The purpose of an option, with the variable that may stand in for its flag. */
export function aboutOf({ about, variable }: OptionEntry): string {
  return variable === undefined ? about : `${about} (or ${variable} in the environment or .env)`;
}

/** The table of options as docs/options.md has it. */
export function optionsTable(): string {
  const rows = optionEntries.map(([key, entry]) => {
    const { unit = '', scope, kind } = entry;
    const usage = entry.flag === undefined ? '' : `\`${usageOf(entry)}\``;
    const cells = [usage, `\`${key}\``, defaultOf(entry), kind.expected, unit, scope, aboutOf(entry)];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Option | Library | Default | Values in the library | Unit | Scope | Meaning |',
    '| ------ | ------- | ------- | --------------------- | ---- | ----- | ------- |',
    ...rows,
  ].join('\n');
}
