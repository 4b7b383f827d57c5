import type { CampaignOptions } from '../api/campaign.js';
import { invalid } from '../util/errors.js';
import { campaignOptionTable, lakeJobMillis, type OptionEntry } from './campaign-options.js';

type Key = keyof CampaignOptions;
const entries = Object.entries(campaignOptionTable) as [Key, OptionEntry][];

/** What a campaign does where nothing else is said, see docs/options.md. The command line has the same defaults. */
export const defaultCampaignOptions = Object.fromEntries(
  entries.map(([key, { byDefault }]) => [key, byDefault]),
) as unknown as CampaignOptions;

/**
 * Options filled and checked, once, where they come in; what is undefined was not said. UserError (2) that names the option
 * (`nameOf` says how the user knows it), its value and what was expected.
 */
export function fillOptions(
  given: { readonly [K in Key]?: CampaignOptions[K] | undefined },
  nameOf: (key: Key) => string = (key) => key,
): CampaignOptions {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(campaignOptionTable, key));
  if (unknown !== undefined)
    throw invalid('option', unknown, `one of ${entries.map(([key]) => key).join(', ')}`);
  const said = Object.fromEntries(
    Object.entries(given).filter(([, value]: [string, unknown]) => value !== undefined),
  );
  const jobMillis = said['target'] === 'lake' ? lakeJobMillis : defaultCampaignOptions.jobMillis;
  const filled = { ...defaultCampaignOptions, jobMillis, ...said } as CampaignOptions;
  for (const [key, { schema, expected }] of entries)
    if (!schema.safeParse(filled[key]).success) throw invalid(nameOf(key), filled[key], expected);
  if (filled.target === 'lake' && filled.level !== 'source')
    throw invalid(nameOf('level'), filled.level, 'source, the one level of the Lake target');
  return filled;
}

/** The table of options as docs/options.md has it. */
export function optionsTable(): string {
  const rows = entries.map(([key, { flag, expected, byDefault, defaultText, scope, about }]) => {
    const value = defaultText ?? `\`${JSON.stringify(byDefault).replaceAll('"', '')}\``;
    return `| \`${flag}\` | \`${key}\` | ${value} | ${expected} | ${scope} | ${about} |`;
  });
  return [
    '| Option | Library | Default | Values in the library | Scope | Meaning |',
    '| ------ | ------- | ------- | --------------------- | ----- | ------- |',
    ...rows,
  ].join('\n');
}
