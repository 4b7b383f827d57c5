import { ByteReader, ByteWriter } from '../util/bytes.js';
import type { WorkerOptions } from './message-protocol.js';

/** How the candidates of a campaign are handed out. */
export interface TicketPlan {
  /** Candidates of one ticket: enough to make handing over cheap, few enough to lose little with a worker. */
  readonly size: number;
  /**
   * Tickets that an executor has behind the one that its worker judges. Candidates take unlike times: with one such
   * ticket, each of the two is soon waiting for the other where both have as much to do.
   */
  readonly ahead: number;
  /**
   * Tickets that a worker has in hand at most. The verdicts on a ticket are applied to what candidates are made of
   * just before the ticket is made that comes so many behind: never earlier, however fast they come, so that a seed
   * repeats. A verdict needs `ahead` rounds, and as many for each question that is asked about it.
   */
  readonly lag: number;
}

/** A candidate takes ten times as long at source level, nearly all of it in the executor, and seconds on Lake. */
const plans = {
  lake: { size: 1, ahead: 1, lag: 8 },
  source: { size: 4, ahead: 1, lag: 8 },
  both: { size: 4, ahead: 3, lag: 16 },
  kernel: { size: 8, ahead: 2, lag: 12 },
} as const satisfies Record<WorkerOptions['level'] | 'lake', TicketPlan>;

export function ticketPlan({ level, lake }: Pick<WorkerOptions, 'level' | 'lake'>): TicketPlan {
  return plans[lake === null ? level : 'lake'];
}

/** A ticket of the work ring: candidates `firstRun` to `firstRun + count - 1`. */
export interface Ticket {
  firstRun: number;
  count: number;
  /** Whether another one comes for the worker that gets this one, as it does where there is but one worker. */
  isFollowed: boolean;
}

export function encodeTicket(ticket: Ticket): Buffer {
  return new ByteWriter(16)
    .f64(ticket.firstRun)
    .u32(ticket.count)
    .u8(ticket.isFollowed ? 1 : 0)
    .bytes();
}

/** Throws MalformedBytes. */
export function decodeTicket(bytes: Uint8Array): Ticket {
  const from = new ByteReader(bytes);
  return { firstRun: from.f64(), count: from.u32(), isFollowed: from.u8() === 1 };
}

/** A ticket that has ended so many workers is given up. */
export const maxAttempts = 3;
