import type { StopReason } from '../../api/campaign.js';
import { machineName } from '../../api/machine.js';

/** Limits that end a campaign for all machines. */
export type SharedReason = Exclude<StopReason, 'signal'>;

/** Why a campaign is over for all machines that share limits, and which of them has said so. */
export interface SharedEnd {
  readonly reason: SharedReason;
  readonly machine: string;
}

/** The progress of a machine in a campaign since it takes part. */
export interface Progress {
  readonly machine: string;
  readonly candidates: number;
  /** Seconds in which any machine took part, as far as this one knows: all of them count, and no clock is compared. */
  readonly seconds: number;
  readonly end?: SharedEnd | undefined;
}

const form = /^(\d{1,15}) (\d{1,12}(?:\.\d{1,3})?)(?: (time|runs|solution) (\S{1,80}))?$/;

/** Progress as places keep it for a machine, such as `1200 61.5` or `5000 300 runs here-0123abcd`. */
export function progressText({ candidates, seconds, end }: Progress): string {
  const ended = end === undefined ? '' : ` ${end.reason} ${end.machine}`;
  return `${Math.max(0, Math.floor(candidates))} ${Math.max(0, seconds).toFixed(3)}${ended}`;
}

/** The same as anybody may have written it; undefined where it is none. */
export function readProgress(machine: string, text: string): Progress | undefined {
  const [whole, candidates, seconds, reason, by] = form.exec(text) ?? [];
  if (whole === undefined || !machineName.test(machine)) return undefined;
  const counts = { machine, candidates: Number(candidates), seconds: Number(seconds) };
  if (reason === undefined || by === undefined) return counts;
  return machineName.test(by)
    ? { ...counts, end: { reason: reason as SharedReason, machine: by } }
    : undefined;
}
