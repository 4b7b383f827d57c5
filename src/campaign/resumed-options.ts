/**
 * The options that a resumed campaign goes on with. The database keeps them (`options`), as JSON by key; what stands
 * there may come from elsewhere and is checked like any value of a user.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CampaignOptions } from '../api/campaign.js';
import { checked, fillOptions, withoutOverruled } from '../options/fill-options.js';
import { program, type Form } from '../options/kinds.js';
import { nameIn, type Named } from '../options/named.js';
import { optionTable, resumedKeys, type OptionEntry } from '../options/option-table.js';
import { invalid, unusable, UserError } from '../util/errors.js';
import { asNamed, comparable } from './join/agreement.js';

type Kept = { [K in (typeof resumedKeys)[number]]?: CampaignOptions[K] };

/** The named options that count where a campaign is resumed: all that are given, and of settings those of each run. */
export function namedAtResume({ given, settings }: Named): Named {
  const ofRun = [...settings].filter(([key]) => !(resumedKeys as readonly string[]).includes(key));
  return { given, settings: new Map(ofRun) };
}

/** The options that the database is to keep, as JSON; files by paths that mean the same from any folder. */
export function keptOptions(options: CampaignOptions): string {
  const kept = resumedKeys
    // The template that comes with the package is where the package is.
    .filter((key) => key !== 'template' || options.template !== optionTable.template.byDefault)
    .map((key) => [key, fromAnywhere(key, options[key])]);
  return JSON.stringify(Object.fromEntries(kept));
}

/** A value that means the same from any folder. */
function fromAnywhere(key: keyof CampaignOptions, value: unknown): unknown {
  const { is } = optionTable[key].kind.form;
  if (Array.isArray(value))
    return is === 'paths' || key === 'against' ? value.map((one: string) => pathOr(one, is)) : value;
  return typeof value === 'string' && (is === 'path' || is === 'program') ? pathOr(value, is) : value;
}

/** A path from the root; what may be a name as well is one where no such file is there. */
function pathOr(value: string, is: Form['is']): string {
  const isName = is === 'program' ? !value.includes('/') : is === 'words' && !existsSync(value);
  return isName ? value : resolve(value);
}

/**
 * The options of a campaign that is resumed: those that are given, then what it had, then settings. `notice` hears of
 * each that is another from now on, and of settings that do not count. UserError (2) for one that is given and may not
 * be another, or does not go with what is kept; UserError (78) where what is kept can't be read.
 */
export function resumedOptions(
  stored: string,
  options: CampaignOptions,
  named: Named,
  notice: (text: string) => void,
): CampaignOptions {
  const { given, settings } = named;
  const kept = readKept(stored);
  const isOwn = (key: string): boolean => !given.has(key) && (resumedKeys as readonly string[]).includes(key);
  // An option that stands in settings and was not kept is one that the campaign had none of.
  const own = resumedKeys
    .filter((key) => isOwn(key) && (Object.hasOwn(kept, key) || settings.has(key)))
    .map((key) => [key, kept[key] ?? optionTable[key].byDefault] as const);
  const rank = (key: string): number => (settings.has(key) && !isOwn(key) ? 0 : 1);
  const unused = new Map<string, string>();
  const together = withoutOverruled({ ...options, ...Object.fromEntries(own) }, rank, (loser) =>
    unused.set(loser, nameIn(named, loser)),
  );
  const resumed = fillOptions(together, (key) => given.get(key) ?? `${key} of the campaign`);
  const had = Object.fromEntries(resumedKeys.map((key) => [key, kept[key] ?? optionTable[key].byDefault]));
  const [before, now] = [comparable({ ...resumed, ...had }), comparable(resumed)];
  const asked = comparable(options);
  for (const key of resumedKeys) {
    const setting = settings.get(key);
    if (setting !== undefined && asked[key] !== now[key]) unused.set(key, setting);
    const name = given.get(key);
    // The same Lean may be named in several ways; whether it is the same is seen when it is there.
    if (name === undefined || key === 'lean' || before[key] === now[key]) continue;
    const [was, is] = [asNamed(name, before[key] ?? ''), asNamed(name, now[key] ?? '')];
    if ((optionTable[key] as OptionEntry).resumed === 'fixed')
      throw invalid(name, is, `${was}, as the campaign that is resumed has it`);
    notice(`${name} is ${is} from now on; this campaign had ${was}`);
  }
  if (unused.size > 0)
    notice(`this campaign goes on with what it had; not used: ${[...unused.values()].join(', ')}`);
  return resumed;
}

function readKept(stored: string): Kept {
  const fail = (expected: string): UserError =>
    unusable('"options" of the campaign\'s database', stored.slice(0, 200), expected);
  let values: unknown;
  try {
    values = JSON.parse(stored);
  } catch {
    throw fail('JSON');
  }
  if (typeof values !== 'object' || values === null) throw fail('options by name');
  const known = (Object.entries(values) as [keyof Kept, unknown][]).filter(([key]) =>
    resumedKeys.includes(key),
  );
  try {
    return Object.fromEntries(
      known.map(([key, value]) => [key, isProgram(key, value) ? value : checked(key, value, key)]),
    );
  } catch (error) {
    throw error instanceof UserError ? fail(error.message) : error;
  }
}

/** Whether a program that is kept may have gone since: that is no damage, and is said of the option. */
function isProgram(key: keyof Kept, value: unknown): boolean {
  return optionTable[key].kind.expected === program.expected && typeof value === 'string';
}
