import { ByteReader, ByteWriter } from '../util/bytes.js';

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
