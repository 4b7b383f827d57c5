/**
 * Every message between the primary and its workers. Frequent data (work, corpus entries, findings, counters) goes
 * through the shared region; these go through cluster's channel, a few in a campaign.
 */
import type { CampaignOptions } from '../api/campaign.js';
import type { CandidateError } from '../api/candidate-error.js';
import type { LeanIdentity } from '../api/lean.js';
import type { Yield } from '../api/yields.js';
import type { LakeTarget } from '../execute/lake/lake-commands.js';
import type { KeyOf } from '../options/option-table.js';
import type { FirstReached } from './coverage/firsts.js';
import type { Question } from './opinions/protocol.js';
import type { Rows } from './rows.js';

/**
 * The start of a worker, as JSON in its argument vector: the options that are its, and those of the place it runs in.
 */
export interface WorkerOptions extends Pick<CampaignOptions, KeyOf<'worker'>> {
  /** Index of the worker and of its slot. */
  readonly worker: number;
  readonly seed: number;
  /** The Lean that the campaign belongs to. */
  readonly lean: LeanIdentity;
  /** Source level begins with our core library, not with Init. */
  readonly isCore: boolean;
  /** Whether others than the campaign's Lean are asked about kernel-level candidates. */
  readonly asksOthers: boolean;
  /** The run that the imported files begin at: the first of this start of the campaign. */
  readonly importFrom: number;
  /** The Lake target; null for the embedded one. */
  readonly lake: LakeTarget | null;
}

export type ToPrimary =
  /** Answers of the programs of a native toolchain to a candidate's claims: how many for each row of the table. */
  | { readonly type: 'rows'; readonly rows: Rows }
  /** The worker has lost entries to an overrun log, or has just started: send what the store has. */
  | { readonly type: 'catch-up' }
  /** The worker can't go on. */
  | { readonly type: 'fatal'; readonly message: string; readonly exitCode: number }
  /** A corpus entry, as encodeEntry makes it, that does not fit the corpus log. */
  | { readonly type: 'entry'; readonly bytes: Uint8Array }
  /** A finding, as encodeFinding makes it, that does not fit the findings log. */
  | { readonly type: 'finding'; readonly bytes: Uint8Array }
  /** The worker runs no more candidates: it asks for a finding to make smaller. */
  | { readonly type: 'next finding' }
  /** An error that a candidate came to. */
  | { readonly type: 'error'; readonly error: CandidateError }
  /** Yields of mutators and categories since the last such message. */
  | { readonly type: 'yields'; readonly yields: readonly Yield[] }
  /** Constants that were not looked at to the end since the last such message. */
  | { readonly type: 'unlooked'; readonly constants: number }
  /** Candidates that others are to be asked about. */
  | { readonly type: 'questions'; readonly questions: readonly Question[] }
  /** Leads that this worker has looked behind often enough, see Pursuit. */
  | { readonly type: 'exhausted'; readonly leads: readonly string[] }
  /** Blocks of the kernel's code that nobody had reached, and who did. */
  | { readonly type: 'blocks'; readonly run: number | null; readonly firsts: readonly FirstReached[] }
  /** Something that the user should hear. */
  | { readonly type: 'notice'; readonly text: string }
  /** One line of `--trace`. */
  | { readonly type: 'trace'; readonly line: string };

export type ToWorker =
  /** Corpus entries, oldest first, as encodeEntry makes them: the answer to each `catch-up`. */
  | { readonly type: 'entries'; readonly entries: readonly Uint8Array[] }
  /**
   * A finding to make smaller, as encodeFinding makes it, and the milliseconds for it; or there is none. The answer
   * to each `next finding`.
   */
  | {
      readonly type: 'finding';
      readonly finding?: { readonly bytes: Uint8Array; readonly millis: number } | undefined;
    }
  /** Entries that other machines have shared, as encodeEntry makes them; the store has them, too. */
  | { readonly type: 'others'; readonly entries: readonly Uint8Array[] }
  /** Leads that other machines have looked behind often enough, see Pursuit. */
  | { readonly type: 'exhausted'; readonly leads: readonly string[] }
  /** On the Lake target: another template server serves, there. */
  | { readonly type: 'template server'; readonly socketPath: string }
  /** Leave findings as they are. */
  | { readonly type: 'leave findings' }
  /** Claim no more tickets, and end when those in hand are done. */
  | { readonly type: 'retire' };

/** Descriptor under which a worker finds the shared region (0-2 standard, 3 cluster's channel). */
export const workerRegionFd = 4;
