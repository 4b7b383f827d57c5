import type { Command } from 'commander';
import type { CampaignOptions } from '../../api/campaign.js';
import { configNames } from '../../options/config-file.js';
import { optionEntries, type OptionEntry } from '../../options/option-table.js';
import { defaultOf } from '../../options/options-page.js';
import { outputObject } from '../../report/json/line-schema.js';
import { withoutPassword } from '../../util/engine-address.js';
import { asJson } from '../../util/printable.js';
import { addCampaignOptions, readCampaignOptions, type CommandLineOptions } from '../campaign-options.js';
import { printJson, printLine } from '../output.js';

type Key = keyof CampaignOptions;

/** `config`: prints the options that a campaign would have, each with where it comes from. */
export function addConfig(program: Command): void {
  addCampaignOptions(
    program
      .command('config')
      .description('print the options that run would have here, each with where it comes from')
      .option('--json', 'print one JSON object', false),
  )
    .addHelpText(
      'after',
      `\nThe command line comes before the environment (LEAN_FUZZ_LEVEL and so on, also in .env), that before a config file (${configNames.join(', ')}), that before the defaults.` +
        '\n\nExample:\n  $ npx lean-fuzz config --level kernel',
    )
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const read = await readCampaignOptions(command);
      const entries = optionEntries
        .filter(
          ([key, { flag, hidden }]) => flag !== undefined && (hidden !== true || read.sourceOf.has(key)),
        )
        .map(([key, entry]) => ({ entry, row: rowOf(key, entry, read) }));
      if (json) printJson(outputObject('config', { options: entries.map(({ row }) => row) }));
      else print(entries);
    });
}

interface Row {
  readonly key: Key;
  readonly flag: string;
  readonly value: unknown;
  readonly source: string;
  /** The flag, variable or file that the value comes from; null for a default. */
  readonly name: string | null;
}

function rowOf(key: Key, entry: OptionEntry, { options, named, sourceOf }: CommandLineOptions): Row {
  const { form } = entry.kind;
  const kept: unknown = options[key];
  const value = form.is === 'engine' && typeof kept === 'string' ? withoutPassword(kept) : kept;
  return {
    ...{ key, flag: entry.flag ?? '', value: value ?? null },
    source: sourceOf.get(key) ?? 'default',
    name: named.given.get(key) ?? named.settings.get(key) ?? null,
  };
}

function shown(value: unknown, entry: OptionEntry): string {
  if (value === null) return defaultOf(entry);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (entry.kind.form.is === 'time')
    return Number(value) % 1000 === 0 ? `${Number(value) / 1000}s` : `${Number(value)}ms`;
  return asJson(value).replace(/^"(.*)"$/, '$1');
}

function print(entries: readonly { readonly entry: OptionEntry; readonly row: Row }[]): void {
  const lines = entries.map(({ entry, row: { key, value, source, name } }) => [
    key,
    shown(value, entry),
    name ?? source,
  ]);
  const width = (column: number): number => Math.max(...lines.map((cells) => cells[column]?.length ?? 0));
  const [keys, values] = [width(0), Math.min(40, width(1))];
  for (const [key = '', value = '', from = ''] of lines)
    printLine(`${key.padEnd(keys)}  ${value.padEnd(values)}  ${from}`);
}
