import type { CampaignListener, CampaignOptions, Summary } from '../api/campaign.js';
import type { Finding } from '../api/entries.js';
import type { GrammarDefinition } from '../api/grammar.js';
import { allOf } from '../api/listeners.js';
import type { CustomMutator } from '../api/mutator.js';
import { neverAborted } from '../campaign/stop.js';
import { fillOptions } from '../options/fill-options.js';
import { asModule } from './as-module.js';

/** A finding of a new signature, as a campaign tells of it. */
export interface CampaignFinding extends Finding {
  /** The folder that is written for it. */
  readonly folder: string;
  /** The note of a baseline or of the table of known bugs about it; undefined for news. */
  readonly known: string | undefined;
}

/** Options of {@link runCampaign}: those that are to differ from {@link defaultCampaignOptions}. */
export interface RunOptions extends Partial<Omit<CampaignOptions, 'grammar' | 'mutators'>> {
  /**
   * A plain grammar for the source level: a file, see docs/grammars.md, or an object. Default: the typed generator.
   *
   * Workers are other processes: of an object, they get functions by their source. Such a function may use its
   * arguments, what is global, and `ir` of this package; another variable that it mentions is not there.
   */
  readonly grammar?: string | GrammarDefinition | undefined;
  /** Custom mutators, see docs/custom-mutators.md: files, or objects as for `grammar`. Default: none. */
  readonly mutators?: readonly (string | CustomMutator)[] | undefined;
  /** Hears of each finding of a new signature as it comes. Default: nobody. */
  readonly onFinding?: ((finding: CampaignFinding) => void) | undefined;
}

/**
 * Runs a campaign to its end and resolves with its summary. Findings go to the solutions folder, and to `onFinding` as
 * they come. One campaign at a time per process: its workers are `node:cluster` workers.
 *
 * Where a campaign runs in `campaignFolder` already, this joins it instead: that campaign starts `cores` more workers
 * until `timeMillis` have passed, `stopOnSolution` is met or `signal` says so, and the listener hears what happens
 * there. The summary is that campaign's; when this ends first, with the solutions that were found meanwhile. Of the
 * other options, those that are passed must be those of that campaign.
 *
 * @param options - What differs from {@link defaultCampaignOptions}; `signal` ends the campaign in order when it is
 * aborted.
 * @param listener - Called while the campaign runs; every method is optional.
 * @throws {@link UserError} for what the caller can mend: exit code 2 for an option out of range, or of another value
 *   than the joined campaign has; 78 for an environment that can't serve (no addon, no embedded Lean, a folder that
 *   can't be written, or is in use by what can't be joined, a database of another version), and for a joined campaign
 *   that was killed. No process, lock or temporary file stays behind.
 */
export async function runCampaign(
  options: RunOptions = {},
  listener: CampaignListener = {},
): Promise<Summary> {
  const { onFinding, grammar, mutators, ...rest } = options;
  const given = {
    ...rest,
    ...(grammar === undefined ? {} : { grammar: fileOf('grammar', grammar) }),
    ...(mutators === undefined ? {} : { mutators: filesOf(mutators) }),
  };
  const filled = fillOptions(given);
  const finds: CampaignListener = {
    finding: (finding, folder, known) => onFinding?.({ ...finding, folder, known }),
  };
  // Loaded late: a custom mutator's thread imports this module for its types and trees only.
  const { runCampaign: runFilledCampaign } = await import('../campaign/run-campaign.js');
  const stop = { signal: filled.signal ?? neverAborted, now: neverAborted };
  const named = { given: namesOfGiven(given), settings: new Map<string, string>() };
  const { summary } = await runFilledCampaign(filled, named, allOf(finds, listener), stop);
  return summary;
}

/**
 * Runs a campaign, and yields each finding of a new signature as it comes: `for await (const finding of campaign())`.
 * Leaving the loop ends the campaign in order; what it returns in the end is the summary.
 *
 * @param options - As for {@link runCampaign}.
 * @param listener - As for {@link runCampaign}.
 * @throws As {@link runCampaign} does, where the loop waits for the next finding.
 */
export async function* campaign(
  options: RunOptions = {},
  listener: CampaignListener = {},
): AsyncGenerator<CampaignFinding, Summary, void> {
  const left = new AbortController();
  const found: CampaignFinding[] = [];
  const state = { isOver: false, wake: (): void => undefined };
  const onFinding = (finding: CampaignFinding): void => {
    options.onFinding?.(finding);
    found.push(finding);
    state.wake();
  };
  const signal = AbortSignal.any([left.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const running = runCampaign({ ...options, signal, onFinding }, listener).finally(() => {
    state.isOver = true;
    state.wake();
  });
  // Whoever leaves early does not hear how it ended; otherwise it is awaited below.
  running.catch(() => undefined);
  try {
    for (;;) {
      const next = found.shift();
      if (next !== undefined) yield next;
      else if (state.isOver) return await running;
      else await new Promise<void>((resolve) => (state.wake = resolve));
    }
  } finally {
    left.abort();
    await running.catch(() => undefined);
  }
}

/** The files of mutators; what is no list is left to the check of options, as in what a program gives. */
function filesOf(mutators: readonly (string | CustomMutator)[]): readonly string[] {
  if (!Array.isArray(mutators)) return mutators as readonly string[];
  return mutators.map((one: string | CustomMutator, index) => fileOf(`mutators[${index}]`, one));
}

function fileOf(option: string, value: string | object): string {
  return typeof value === 'object' && (value as unknown) !== null
    ? asModule(option, value)
    : (value as string);
}

/** The options that the caller gave, by which a guest's are compared. */
function namesOfGiven(options: object): ReadonlyMap<string, string> {
  const given = Object.entries(options).filter(([, value]: [string, unknown]) => value !== undefined);
  return new Map(given.map(([key]) => [key, key]));
}
