/**
 * Several terminals on one campaign. The first process that runs a campaign in a folder is its primary and the host of
 * the others, its guests. A guest starts no process and opens no file of the campaign:
 *
 *   guest                                host (the primary)
 *   join: version, cores, options  --->  compares, and starts workers of its own in free slots
 *                                  <---  refused: why                       then the connection ends
 *                                  <---  accepted: seed, folder, workers    once Lean is ready
 *                                  <---  progress, finding, notice          what the host's own terminal hears
 *   leave: reason, now             --->  retires those workers; at once, or when they are done with what they have
 *                                  <---  finished: summary                  then the connection ends
 *
 * `finished` comes without `leave` when the campaign ends, and `failed` when it ends by an error. A connection that
 * ends without a last word means to the host that the guest was killed: its workers are retired as for `leave`. To an
 * accepted guest it means that the host was killed. To one that still waits it means that the host was about to end:
 * it tries again, and may find the folder free.
 *
 * The messages are JSON, one a line, over a unix socket in the campaign's folder that only its owner may connect to.
 * The host binds it while it holds the folder's lock, so one that is there before is of a host that was killed.
 */
import type { Snapshot, StopOnSolution, StopReason, Summary } from '../../api/campaign.js';
import type { LeanIdentity } from '../../api/lean.js';
import type { ExitCode } from '../../util/errors.js';

/** An option that the guest's user named, with its value in the form in which both sides compare it. */
export interface GivenOption {
  /** Key of the value that it is compared with, see comparable(). */
  readonly key: string;
  /** As the user knows it, such as `--level`. */
  readonly name: string;
  readonly value: string;
}

/** The first message. Every version understands its `type` and `version`. */
export interface JoinRequest {
  readonly type: 'join';
  /** Of the package. */
  readonly version: string;
  /** Workers that the guest brings. */
  readonly cores: number;
  /** Whether the user named that number; if not, fewer will do. */
  readonly exactly: boolean;
  readonly given: readonly GivenOption[];
}

export type ToHost =
  JoinRequest | { readonly type: 'leave'; readonly reason: StopReason; readonly now: boolean };

export type ToGuest =
  | { readonly type: 'refused'; readonly message: string; readonly exitCode: ExitCode }
  | {
      readonly type: 'accepted';
      readonly campaignFolder: string;
      readonly seed: number;
      readonly lean: LeanIdentity;
      /** The campaign's own; it decides what counts as found where the guest's user said nothing else. */
      readonly stopOnSolution: StopOnSolution;
      readonly workers: readonly number[];
    }
  | { readonly type: 'progress'; readonly snapshot: Snapshot }
  /** The finding as encodeFinding makes it, in base64. */
  | {
      readonly type: 'finding';
      readonly finding: string;
      readonly folder: string;
      readonly known?: string | undefined;
    }
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'finished'; readonly summary: Summary }
  | { readonly type: 'failed'; readonly message: string; readonly exitCode: ExitCode };
