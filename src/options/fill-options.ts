import type { CampaignOptions } from '../api/campaign.js';
import { withoutPassword } from '../util/engine-address.js';
import { didYouMean } from '../util/closest.js';
import { invalid } from '../util/errors.js';
import type { Kind } from './kinds.js';
import { lakeJobMillis, optionEntries, optionTable } from './option-table.js';

type Key = keyof CampaignOptions;

/** Options of which some are left out, or undefined. */
export type GivenOptions = { readonly [K in Key]?: CampaignOptions[K] | undefined };

/** Default options of a campaign, see docs/options.md. The command line has the same defaults. */
export const defaultCampaignOptions = Object.fromEntries(
  optionEntries.map(([key, { byDefault }]) => [key, byDefault]),
) as unknown as CampaignOptions;

/**
 * Options filled and checked, once, at the entry; what is undefined was not said. UserError (2) that names the option
 * (`nameOf` says how the user knows it), its value and what was expected.
 */
export function fillOptions(
  given: GivenOptions,
  nameOf: (key: Key) => string = (key) => key,
): CampaignOptions {
  const names = optionEntries.map(([key]) => key);
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(optionTable, key));
  if (unknown !== undefined)
    throw invalid('option', unknown, `one of ${names.join(', ')}${didYouMean(unknown, names)}`);
  const byDefault = given.target === 'lake' ? { jobMillis: lakeJobMillis, level: 'source' } : {};
  const filled: Record<string, unknown> = { ...defaultCampaignOptions, ...byDefault };
  for (const [key, value] of Object.entries(given) as [Key, unknown][])
    if (value !== undefined) filled[key] = checked(key, value, nameOf(key));
  const options = filled as unknown as CampaignOptions;
  if (options.target === 'lake' && options.level !== 'source')
    throw invalid(nameOf('level'), options.level, 'source, the one level of the Lake target');
  if (options.sync !== undefined && options.syncFolder !== undefined)
    throw invalid(
      nameOf('syncFolder'),
      options.syncFolder,
      `one place to share in, beside ${nameOf('sync')} none`,
    );
  const shared = (['sync', 'syncFolder'] as const).find((key) => options[key] !== undefined);
  if (shared === undefined && options.syncLimits === 'all')
    throw invalid(
      nameOf('syncLimits'),
      'all',
      `a place to share in beside it, ${nameOf('sync')} or ${nameOf('syncFolder')}`,
    );
  if (shared !== undefined && options.isolated)
    throw invalid(nameOf('isolated'), true, `workers that learn from others, beside ${nameOf(shared)}`);
  return options;
}

/**
 * Options that do not go together where their values come from different places: the one of the lower `rank` falls
 * back to its default, and `overruled` hears of both.
 */
export function withoutOverruled(
  given: GivenOptions,
  rank: (key: Key) => number,
  overruled: (loser: Key, winner: Key) => void,
): GivenOptions {
  const kept: Record<string, unknown> = { ...given };
  for (const { one, other, clash } of rivals) {
    if (kept[one] === undefined || kept[other] === undefined || !clash(kept)) continue;
    if (rank(one) === rank(other)) continue;
    const [loser, winner] = rank(one) < rank(other) ? [one, other] : [other, one];
    Reflect.deleteProperty(kept, loser);
    overruled(loser, winner);
  }
  return kept;
}

interface Rivals {
  readonly one: Key;
  readonly other: Key;
  readonly clash: (values: Readonly<Record<string, unknown>>) => boolean;
}

const rivals: readonly Rivals[] = [
  { one: 'sync', other: 'syncFolder', clash: () => true },
  { one: 'isolated', other: 'sync', clash: ({ isolated }) => isolated === true },
  { one: 'isolated', other: 'syncFolder', clash: ({ isolated }) => isolated === true },
  { one: 'target', other: 'lean', clash: ({ target }) => target === 'lake' },
  { one: 'target', other: 'level', clash: ({ target, level }) => target === 'lake' && level !== 'source' },
  { one: 'level', other: 'grammar', clash: ({ level }) => level === 'kernel' },
];

/** A value as it is kept. UserError (2) that names the option, the value and what was expected. */
export function checked<K extends Key>(
  key: K,
  value: unknown,
  name: string,
): NonNullable<CampaignOptions[K]> {
  const { schema, expected, form } = optionTable[key].kind as Kind<NonNullable<CampaignOptions[K]>>;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const isSecret = form.is === 'engine' && typeof value === 'string';
  const words = form.is === 'word' ? (form.words ?? []) : [];
  const meant = typeof value === 'string' ? didYouMean(value, words) : '';
  throw invalid(name, isSecret ? withoutPassword(value) : value, `${expected}${meant}`);
}
