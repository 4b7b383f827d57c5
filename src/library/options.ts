/**
 * Options and checks that the functions of the library have in common. Code that boots a Lean or opens a database is
 * imported where they are called: a custom mutator's thread imports the library for its types and trees only.
 */
import type { CampaignOptions } from '../api/campaign.js';
import { didYouMean } from '../util/closest.js';
import { invalid } from '../util/errors.js';

/** Options of every function that boots a Lean. */
export interface LeanOptions {
  /**
   * The Lean: `embedded`; `auto`, the toolchain that elan means in the current folder, else the embedded one; the name
   * of a toolchain of elan; a folder. Default: `auto`; of a finding, the Lean that it was found on.
   */
  readonly lean?: string | undefined;
  /** Milliseconds of wall-clock time that one question may take. Default: 60,000; of `minimize`, 10,000. */
  readonly jobMillis?: number | undefined;
  /** Ends it when it is aborted, also while Lean boots; its reason is thrown. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what one should know of the Lean that was chosen, in a line. Default: nobody. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * The options that a config file of the current folder and the environment name, as `lean-fuzz run` takes them:
 * `runCampaign({ ...(await configuredOptions()), cores: 1 })`. No other function of the library reads them.
 *
 * @throws {@link UserError} with exit code 2 that names the file or variable, the value and what was expected.
 */
export async function configuredOptions(): Promise<Partial<CampaignOptions>> {
  const { gatherOptions } = await import('../options/gather.js');
  const { options, named } = await gatherOptions([], (key) => key);
  return Object.fromEntries(
    [...named.settings.keys()].map((key) => [key, options[key as keyof CampaignOptions]]),
  );
}

/** A number within bounds, or what holds where there is none. UserError (2) that names the option. */
export function numberOf(
  name: string,
  value: number | undefined,
  byDefault: number,
  low = 1,
  high: number = Number.MAX_SAFE_INTEGER,
): number {
  if (value === undefined) return byDefault;
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw invalid(
    name,
    value,
    high === Number.MAX_SAFE_INTEGER ? `a number from ${low}` : `a number from ${low} to ${high}`,
  );
}

/** Options of a function, none of them misspelt. UserError (2) that names one that is not among its own. */
export function known<T extends object>(options: T, ...names: readonly (keyof T & string)[]): T {
  const stranger = Object.keys(options).find((key) => !(names as readonly string[]).includes(key));
  if (stranger === undefined) return options;
  throw invalid('option', stranger, `one of ${names.join(', ')}${didYouMean(stranger, names)}`);
}

/** Who hears nothing. */
export const toNobody = (): void => undefined;
