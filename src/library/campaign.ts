import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignListener, CampaignOptions, Summary } from '../api/campaign.js';
import type { Finding } from '../api/entries.js';
import type { GrammarDefinition } from '../api/grammar.js';
import { allOf } from '../api/listeners.js';
import { neverAborted } from '../campaign/stop.js';
import { fillOptions } from '../options/fill-options.js';
import { cacheFolder, keepIfPossible } from '../util/cache-folder.js';
import { invalid, unusable } from '../util/errors.js';

/** A finding of a new signature, as a campaign tells of it. */
export interface CampaignFinding extends Finding {
  /** The folder that is written for it. */
  readonly folder: string;
  /** What a baseline or the table of known bugs says of it; undefined for news. */
  readonly known: string | undefined;
}

/** What {@link runCampaign} takes: what differs from {@link defaultCampaignOptions}. */
export interface RunOptions extends Partial<Omit<CampaignOptions, 'grammar'>> {
  /**
   * A plain grammar for the source level: a file, see docs/grammars.md, or a grammar without functions, which workers
   * get as a file. Default: the typed generator.
   */
  readonly grammar?: string | GrammarDefinition | undefined;
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
  const { onFinding, grammar, ...rest } = options;
  const file = typeof grammar === 'object' ? fileOfGrammar(grammar) : grammar;
  const given = { ...rest, ...(file === undefined ? {} : { grammar: file }) };
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

/** The file that a grammar without functions is kept in, by its content: a campaign that is resumed finds it again. */
function fileOfGrammar(grammar: GrammarDefinition): string {
  const content = JSON.stringify(grammar);
  const isPlain = !hasFunction(grammar);
  if (!isPlain)
    throw invalid(
      'grammar',
      content,
      'a grammar without functions; one with them has to be a module that workers load',
    );
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const file = join(cacheFolder(), 'grammars', `${name}.json`);
  keepIfPossible(file, content);
  if (!existsSync(file)) throw unusable('grammar', file, 'a file that can be written, for the workers');
  return file;
}

function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasFunction);
}

/** The options that the caller gave, by which a guest's are compared. */
function namesOfGiven(options: object): ReadonlyMap<string, string> {
  const given = Object.entries(options).filter(([, value]: [string, unknown]) => value !== undefined);
  return new Map(given.map(([key]) => [key, key]));
}
