/**
 * The public API of lean-fuzz: run a campaign from a program, and the types of what it reports.
 *
 * @packageDocumentation
 */
import type { CampaignListener, CampaignOptions, Summary } from './api/campaign.js';
import { neverAborted } from './campaign/stop.js';
import { fillOptions } from './options/fill-options.js';

export type {
  CampaignListener,
  CampaignOptions,
  KernelMutantName,
  Snapshot,
  StartInfo,
  StopOnSolution,
  StopReason,
  Summary,
  WorkerSnapshot,
} from './api/campaign.js';
export { defaultCampaignOptions } from './options/fill-options.js';
export { defineMutator } from './api/mutator.js';
export type {
  CustomMutator,
  KernelUnit,
  MutatorCandidate,
  MutatorContext,
  MutatorRandom,
  NewUnit,
  NewUnits,
  QueueEntry,
  SourceUnit,
} from './api/mutator.js';
/** Kernel declarations as trees: types, builders, and what walks them. */
export * as ir from './ir/public.js';
export type { Candidate, Expected, Lineage, Unit } from './api/candidate.js';
export type { CorpusEntry, Finding } from './api/entries.js';
export { defineGrammar } from './api/grammar.js';
export type { GrammarDefinition, ScriptRule, TextRule } from './api/grammar.js';
export type { Answer } from './api/answer.js';
export type { Checkers, Checks, LakeOptions } from './api/lake.js';
export type { Claim, InputLevel } from './api/execution.js';
export type { LeanIdentity } from './api/lean.js';
export type { Verdict, VerdictKind } from './api/verdict.js';
export { ExitCode, UserError } from './util/errors.js';
export { packageVersion } from './util/package.js';

/**
 * Runs a campaign to its end and resolves with its summary. Findings go to the solutions folder and to
 * `listener.finding` as they come. One campaign at a time per process: its workers are `node:cluster` workers.
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
  options: Partial<CampaignOptions> = {},
  listener: CampaignListener = {},
): Promise<Summary> {
  const filled = fillOptions(options);
  // Loaded late: a custom mutator's thread imports this module for its types and trees only.
  const { runCampaign: runFilledCampaign } = await import('./campaign/run-campaign.js');
  const stop = { signal: filled.signal ?? neverAborted, now: neverAborted };
  const { summary } = await runFilledCampaign(filled, namesOfGiven(options), listener, stop);
  return summary;
}

/** The options that the caller gave, by which a guest's are compared. */
function namesOfGiven(options: Partial<CampaignOptions>): ReadonlyMap<string, string> {
  const given = Object.entries(options).filter(([, value]: [string, unknown]) => value !== undefined);
  return new Map(given.map(([key]) => [key, key]));
}
