import type { CorpusEntry, Finding } from '../../api/entries.js';
import { contentId, decodeEntry, withHead } from '../../share/entry-codec.js';
import { decodeSharedFinding, type FoundThere } from '../../share/shared-finding.js';
import type { SharedRegion } from '../../share/region.js';
import { MalformedBytes } from '../../util/bytes.js';
import { maxEntryBytes, maxFindingBytes, type Download } from './transport.js';

/** More work than any candidate is. */
const mostHeartbeats = 1e15;

/** An entry of another machine that is worth keeping. */
export interface TakenEntry {
  readonly machine: string;
  readonly entry: CorpusEntry;
  readonly bytes: Uint8Array;
}

/**
 * Looks at what other machines sent: it may be anybody's bytes. What is no entry of the expected content is refused; what
 * an entry says of its own worth is not believed, but counted here.
 */
export class TakeIn {
  /** How many entries and findings could not be read: too large, malformed, or of another content than they say. */
  damaged = 0;

  constructor(
    private readonly region: Pick<SharedRegion, 'native' | 'blocks' | 'addCounter'>,
    private readonly levels: readonly string[],
  ) {}

  /** An entry with what is new in it here, whose features count as seen from now on; undefined where nothing is. */
  entry({ machine, id, bytes }: Download['entries'][number]): TakenEntry | undefined {
    const entry = this.read(bytes, maxEntryBytes, (whole) => checked(decodeEntry(whole), id));
    if (entry === undefined) return undefined;
    const { candidate, outcome } = entry;
    if (!this.levels.includes(candidate.level) || !['accepted', 'rejected'].includes(outcome))
      return undefined;
    const blocks = this.blocksOf(entry);
    if (blocks === 'malformed') return this.refuse();
    const seenBefore = new Uint32Array(entry.features.length);
    this.region.native.observe(entry.features, seenBefore);
    const fresh = seenBefore.filter((times) => times === 0).length;
    this.region.addCounter(0, 'features', fresh);
    const newFeatures = fresh + (blocks?.filter((block) => !this.region.blocks.has(block)).length ?? 0);
    if (newFeatures === 0) return undefined;
    const taken: CorpusEntry = { ...entry, worker: 0, newFeatures, blocks };
    return { machine, entry: taken, bytes: withHead(bytes, taken) };
  }

  /** A finding, and what it was found on; undefined where it can't be read. */
  finding(bytes: Uint8Array): { on: FoundThere; finding: Finding } | undefined {
    return this.read(bytes, maxFindingBytes, (whole) => {
      const { on, finding } = decodeSharedFinding(whole);
      checkLineage(finding);
      // Under which name it was looked for is that machine's own affair.
      const named: { -readonly [K in keyof Finding]: Finding[K] } = { ...finding, worker: 0 };
      delete named.asked;
      return { on, finding: named };
    });
  }

  /** Those of an entry, where they are watched here. */
  private blocksOf({ blocks }: CorpusEntry): Uint32Array | undefined | 'malformed' {
    const { count } = this.region.blocks;
    if (blocks === undefined || count === 0) return undefined;
    return blocks.every((block) => block < count) ? blocks : 'malformed';
  }

  private read<T>(bytes: Uint8Array, most: number, decode: (bytes: Uint8Array) => T): T | undefined {
    if (bytes.length > most) return this.refuse();
    try {
      return decode(bytes);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      return this.refuse();
    }
  }

  private refuse(): undefined {
    this.damaged++;
    return undefined;
  }
}

function checked(entry: CorpusEntry, id: string): CorpusEntry {
  if (entry.id !== id || contentId(entry.candidate) !== id)
    throw new MalformedBytes('an id that is not that of the content');
  if (!(entry.heartbeats >= 0 && entry.heartbeats <= mostHeartbeats))
    throw new MalformedBytes(`${entry.heartbeats} heartbeats`);
  checkLineage(entry);
  return entry;
}

function checkLineage({ candidate: { lineage } }: CorpusEntry | Finding): void {
  for (const number of [lineage.seed, lineage.run])
    if (!Number.isSafeInteger(number) || number < 0) throw new MalformedBytes(`${number} in a lineage`);
}
