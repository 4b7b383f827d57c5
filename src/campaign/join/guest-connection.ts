import type { Socket } from 'node:net';
import { packageVersion } from '../../util/package.js';
import type { GuestWorkers } from './guest-workers.js';
import { LineChannel } from './line-channel.js';
import type { JoinRequest, ToGuest, ToHost } from './protocol.js';

/** Callbacks of the host for messages and events of a guest. */
export interface ConnectionEvents {
  /** The guest asks to join; called once, before anything else. */
  join(guest: GuestConnection, request: JoinRequest): void;
  leave(guest: GuestConnection, message: Extract<ToHost, { type: 'leave' }>): void;
  /** The connection has ended, whoever ended it. */
  gone(guest: GuestConnection): void;
}

/** A guest as its host sees it. */
export class GuestConnection {
  request: JoinRequest | undefined;
  /** Undefined while it waits to be let in. */
  group: GuestWorkers | undefined;
  /** How many solutions there were when it came. */
  foundBefore = 0;
  private readonly channel: LineChannel<ToGuest, ToHost>;

  constructor(
    socket: Socket,
    private readonly events: ConnectionEvents,
  ) {
    this.channel = new LineChannel(
      socket,
      (message) => this.onMessage(message),
      () => events.gone(this),
    );
  }

  /** A message that nobody misses is left out while the guest is slow to read. */
  tell(message: ToGuest): void {
    if (message.type !== 'progress' || !this.channel.isBehind) this.channel.send(message);
  }

  /** Says a last word, if any, and resolves when the connection has ended. */
  end(message?: ToGuest): Promise<void> {
    return this.channel.end(message);
  }

  private onMessage(message: ToHost): void {
    if (message.type === 'join' && this.request === undefined && isWellFormed(message)) {
      this.request = message;
      this.events.join(this, message);
    } else if (message.type === 'leave' && this.group !== undefined) {
      this.events.leave(this, message);
    } else {
      this.channel.destroy();
    }
  }
}

/** A request of another version may look different behind its version; it is refused for that. */
function isWellFormed({ version, cores, given }: JoinRequest): boolean {
  if (version !== packageVersion) return true;
  const isGiven = (option: unknown): boolean => typeof option === 'object' && option !== null;
  return Number.isInteger(cores) && cores > 0 && Array.isArray(given) && given.every(isGiven);
}
