import { machineName } from '../../../api/machine.js';
import { maxEntryBytes, type Download, type Wanted } from '../transport.js';
import type { Connection } from './connection.js';
import type { Keys } from './keys.js';
import { entryId, readKept, type Announced } from './kept-entries.js';
import { readPayloads } from './payloads.js';
import { itemsOf, type StreamItem } from './replies.js';

/** Entries that are read at once, and announcements. */
export const entriesAtOnce = 256;

/** Entries that were read, and whether there is more at once. */
interface Read {
  readonly entries: Download['entries'];
  readonly isCut: boolean;
}

/**
 * Reads the entries of other machines: as they are announced, by a cursor in the stream; and where that says nothing any
 * more (a machine that comes late, or was away for longer than announcements are kept), all that are kept.
 */
export class EntryReader {
  /** Entries of those that are kept which have still to be taken. */
  private late: Announced[] | undefined;
  /** After a pause, and where announcements come faster than they are read. */
  private mayBeBehind = true;

  constructor(
    private readonly connection: Connection,
    private readonly keys: Keys,
    private readonly own: string,
  ) {}

  /** Whether what is kept is to be looked at, and not the stream. */
  async isLate(cursors: Map<string, string>): Promise<boolean> {
    if (this.late !== undefined) return true;
    if (!(await this.isBehind(cursors.get('entries')))) return false;
    // Where the stream is now, before what is kept is looked at: nothing can fall between the two.
    const [items] = await this.connection.ask([['XREVRANGE', this.keys.entries, '+', '-', 'COUNT', '1']]);
    cursors.set('stream', itemsOf(items)[0]?.id ?? '0-0');
    this.late = await readKept(this.connection, this.keys);
    return true;
  }

  /** Whether there may have been announcements behind that one which are gone: then what is kept is looked at. */
  private async isBehind(cursor: string | undefined): Promise<boolean> {
    if (cursor === undefined) return true;
    if (!this.mayBeBehind) return false;
    this.mayBeBehind = false;
    const [items] = await this.connection.ask([['XRANGE', this.keys.entries, '-', '+', 'COUNT', '1']]);
    const first = itemsOf(items)[0]?.id;
    return first !== undefined && cursor !== '0-0' && isBefore(cursor, first);
  }

  /** For a machine that came late, or was away for long: what is kept, in parts. */
  async takeLate(
    wanted: Wanted,
    cursors: Map<string, string>,
    passedOver: Map<string, string>,
  ): Promise<Read> {
    const late = this.late ?? [];
    const part = this.choose(wanted, late, passedOver);
    const entries = await this.entries(part.chosen);
    this.late = late.slice(part.looked);
    if (this.late.length > 0) return { entries, isCut: part.chosen.length > 0 };
    this.late = undefined;
    cursors.set('entries', cursors.get('stream') ?? '0-0');
    return { entries, isCut: true };
  }

  async takeAnnounced(
    wanted: Wanted,
    items: readonly StreamItem[],
    cursors: Map<string, string>,
    passedOver: Map<string, string>,
  ): Promise<Read> {
    this.mayBeBehind = items.length >= entriesAtOnce;
    if (items.length === 0) return { entries: [], isCut: false };
    const announced = items.map(({ fields }) => announcedIn(fields));
    const part = this.choose(wanted, announced, passedOver);
    const entries = await this.entries(part.chosen);
    const last = items[part.looked - 1];
    if (last !== undefined) cursors.set('entries', last.id);
    return { entries, isCut: part.looked < items.length && part.chosen.length > 0 };
  }

  /** Those that are wanted, as far as the bytes go; how many were looked at. */
  private choose(
    wanted: Wanted,
    announced: readonly Announced[],
    passedOver: Map<string, string>,
  ): { chosen: Announced[]; looked: number } {
    const { kernel, levels, maxBytes } = wanted;
    const chosen: Announced[] = [];
    let bytes = 0;
    let looked = 0;
    for (const one of announced) {
      const isTaken =
        one.machine !== this.own &&
        machineName.test(one.machine) &&
        entryId.test(one.id) &&
        one.bytes <= maxEntryBytes &&
        levels?.includes(one.level) === true;
      if (isTaken && one.kernel !== kernel)
        passedOver.set(one.machine, 'its kernel is another one; its findings are read, its entries are not');
      else if (isTaken && !wanted.has(one.id)) {
        const isTooMuch = chosen.length === 0 ? maxBytes <= 0 : bytes + one.bytes > maxBytes;
        if (isTooMuch || chosen.length >= entriesAtOnce) break;
        bytes += one.bytes;
        chosen.push(one);
      }
      looked++;
    }
    return { chosen, looked };
  }

  private async entries(chosen: readonly Announced[]): Promise<Download['entries']> {
    const wanted = chosen.map((one) => ({ ...one, key: this.keys.entry(one.id) }));
    // Those beyond the room are larger than was said of them.
    const { found } = await readPayloads(this.connection, wanted, maxEntryBytes);
    return found.map(([{ machine, id }, bytes]) => ({ machine, id, bytes }));
  }
}

/** Whether an item of a stream stands before another. */
function isBefore(one: string, other: string): boolean {
  const [[oneMillis = 0n, oneNumber = 0n], [millis = 0n, number = 0n]] = [one, other].map((id) =>
    id.split('-').map(BigInt),
  ) as [bigint[], bigint[]];
  return oneMillis < millis || (oneMillis === millis && oneNumber < number);
}

function announcedIn(fields: ReadonlyMap<string, Buffer>): Announced {
  const text = (name: string): string => fields.get(name)?.toString('utf8') ?? '';
  return {
    ...{ id: text('id'), machine: text('machine'), level: text('level'), kernel: text('kernel') },
    bytes: Number(text('bytes')) || 0,
  };
}
