import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CampaignOptions } from '../../api/campaign.js';
import { invalid, type UserError } from '../../util/errors.js';
import type { GivenOption } from './protocol.js';

/**
 * The options that all terminals of a campaign have in common, in a form that can be compared and shown. What a guest
 * has for itself is not here: cores, time, what it stops at, how it prints. Paths mean the same from any folder.
 */
export function comparable(options: CampaignOptions): Readonly<Record<string, string>> {
  const { lake } = options;
  return {
    runs: optional(options.runs),
    seed: optional(options.seed),
    depth: String(options.depth),
    grammar: path(options.grammar),
    mutators: list(options.mutators),
    importFolder: path(options.importFolder),
    target: options.target,
    lean: options.lean,
    template: path(lake.template),
    lake: lake.lake.includes('/') ? path(lake.lake) : lake.lake,
    comparator: path(lake.checkers.comparator),
    safeVerify: path(lake.checkers.safeVerify),
    lean4export: path(lake.checkers.lean4export),
    nanoda: path(lake.checkers.nanoda),
    confirm: onOff(options.confirm),
    level: options.level,
    solutionsFolder: path(options.solutionsFolder),
    known: list(options.known),
    isolated: onOff(options.isolated),
    jobMillis: `${options.jobMillis}ms`,
    memoryLimitMiB: String(options.memoryLimitMiB),
    trace: onOff(options.trace),
    kernelMutant: optional(options.kernelMutant),
  };
}

/** The options of `options` that the user named, by those names. */
export function givenOptions(options: CampaignOptions, names: ReadonlyMap<string, string>): GivenOption[] {
  return Object.entries(comparable(options)).flatMap(([key, value]) => {
    const name = names.get(key);
    return name === undefined ? [] : [{ key, name, value }];
  });
}

/** UserError (2) that names the first given option that contradicts the campaign's. */
export function contradiction(
  given: readonly GivenOption[],
  campaign: CampaignOptions,
): UserError | undefined {
  const own = comparable(campaign);
  const differing = given.find(({ key, value }) => own[key] !== value);
  if (differing === undefined) return undefined;
  const expected = `${own[differing.key] ?? 'nothing'}, as the campaign that is joined has it`;
  return invalid(differing.name, differing.value, expected);
}

function optional(value: string | number | null): string {
  return value === null ? 'none' : String(value);
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function list(paths: readonly string[]): string {
  return paths.length === 0 ? 'none' : paths.map(path).join(', ');
}

function path(value: string | null): string {
  if (value === null) return 'none';
  try {
    return realpathSync(value);
  } catch {
    return resolve(value);
  }
}
