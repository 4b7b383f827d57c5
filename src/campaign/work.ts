import { ByteReader, ByteWriter } from '../util/bytes.js';

/** A ticket of the work ring: candidates `firstRun` to `firstRun + count - 1`. */
export interface Ticket {
  firstRun: number;
  count: number;
}

export function encodeTicket(ticket: Ticket): Buffer {
  return new ByteWriter(16).f64(ticket.firstRun).u32(ticket.count).bytes();
}

/** Throws MalformedBytes. */
export function decodeTicket(bytes: Uint8Array): Ticket {
  const from = new ByteReader(bytes);
  return { firstRun: from.f64(), count: from.u32() };
}

/** A ticket that has ended so many workers is given up. */
export const maxAttempts = 3;
