import { syncFormat } from '../transport.js';

/** The keys of one campaign in an engine, all below its name; what machines read stands below the format's number, too. */
export interface Keys {
  /** A hash that every format reads: `format`, `identity`, `began`, `version`. */
  readonly about: string;
  /** A stream of announcements, trimmed by count: `id`, `machine`, `level`, `kernel`, `new`, `bytes`. */
  readonly entries: string;
  /** A hash of the entries that are kept for machines that come late: bytes, level, kernel and machine by id. */
  readonly kept: string;
  /** A number: bytes of those entries. */
  readonly keptBytes: string;
  /** Who thins out the entries that are kept; expires. */
  readonly tidying: string;
  /** A stream that is never trimmed: `machine`, `id`. */
  readonly findings: string;
  /** A stream, trimmed by count, of what was new to a machine in a round: `machine`, `features`. */
  readonly features: string;
  /** A stream, trimmed by count, of leads that were looked behind often enough: `machine`, `lead`. */
  readonly exhausted: string;
  /** A hash of what each machine has done, as progress.ts writes it. */
  readonly progress: string;
  /** A set of the machines that have reported. */
  readonly machines: string;
  entry(id: string): string;
  finding(id: string): string;
  /** A hash of what a machine says of itself; expires. */
  machine(name: string): string;
}

export function keysOf(campaign: string): Keys {
  const at = (name: string): string => `lean-fuzz:${campaign}:${syncFormat}:${name}`;
  return {
    about: `lean-fuzz:${campaign}:about`,
    ...{ entries: at('entries'), kept: at('kept'), keptBytes: at('kept-bytes'), tidying: at('tidying') },
    ...{ findings: at('findings'), features: at('features'), machines: at('machines') },
    ...{ exhausted: at('exhausted'), progress: at('progress') },
    entry: (id) => at(`entry:${id}`),
    finding: (id) => at(`finding:${id}`),
    machine: (name) => at(`machine:${name}`),
  };
}
