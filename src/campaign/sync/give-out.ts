import type { CampaignDatabase } from '../../store/database.js';
import { headIn, type EntryHead } from '../../share/entry-codec.js';
import { encodeSharedFinding } from '../../share/shared-finding.js';
import { readFinding } from '../supervise/finding-store.js';
import type { ExhaustedLeads } from './exhausted-leads.js';
import type { SharedFeatures } from './shared-features.js';
import type { SyncHost } from './sync-host.js';
import type { SyncState } from './sync-state.js';
import { findingRoom, maxEntryBytes, maxFindingBytes, type SentEntry, type Upload } from './transport.js';

/** Entries and findings that go at once. */
const entriesAtOnce = 256;
const findingsAtOnce = 32;

/** Entries, findings, features and leads to be shared next; `acknowledge` keeps that they were. */
export interface Outgoing extends Pick<Upload, 'entries' | 'findings' | 'features' | 'exhausted'> {
  readonly bytes: number;
  /** Whether there may be more. */
  readonly isMore: boolean;
  /** Whether nothing of it needs to be sent. */
  readonly isEmpty: boolean;
  acknowledge(): void;
}

/** A finding that is not with the others in this form. */
interface WaitingFinding {
  readonly id: string;
  readonly form: string;
  readonly bytes: Uint8Array;
}

/** Chooses what this machine shares: its own entries that show what nobody else has shared, and all of its findings. */
export class GiveOut {
  constructor(
    private readonly database: CampaignDatabase,
    private readonly state: SyncState,
    private readonly features: SharedFeatures,
    private readonly blocks: SharedFeatures,
    private readonly leads: ExhaustedLeads,
    private readonly foundOn: SyncHost['foundOn'],
  ) {}

  /** Entries of so many bytes at most, but for the first; findings without a name of their own only at the `end`. */
  next(maxBytes: number, atEnd: boolean): Outgoing {
    const entries: SentEntry[] = [];
    const features = new Set<number>();
    let [bytes, sent, seen] = [0, this.state.sent, 0];
    const rows = maxBytes > 0 ? this.database.ownEntries(sent, entriesAtOnce) : [];
    for (const row of rows) {
      if (bytes > 0 && bytes + row.bytes.length > maxBytes) break;
      seen++;
      sent = row.number;
      const head = row.bytes.length > maxEntryBytes ? undefined : headIn(row.bytes);
      const fresh = head === undefined ? undefined : this.freshIn(head);
      if (fresh === undefined) continue;
      fresh.forEach((feature) => features.add(feature));
      bytes += row.bytes.length;
      entries.push({ id: row.id, level: row.level, newFeatures: fresh.length, bytes: row.bytes });
    }
    const { findings, isMore } = this.nextFindings(atEnd);
    const exhausted = this.leads.next();
    return {
      ...{ entries, bytes, findings: findings.map((one) => one.bytes), exhausted },
      features: Uint32Array.from(features).sort(),
      isMore: seen === entriesAtOnce || isMore,
      isEmpty: entries.length === 0 && findings.length === 0 && exhausted.length === 0,
      acknowledge: () => {
        if (sent !== this.state.sent) this.state.sent = sent;
        findings.forEach(({ id, form }) => this.state.acknowledge(id, form));
        this.leads.acknowledge(exhausted);
      },
    };
  }

  /** How many findings are not with the others. */
  get findingsLeft(): number {
    return this.unacknowledged(true).length;
  }

  /** The features of an entry that nobody has shared; undefined where it has nothing else either. */
  private freshIn({ features, blocks, outcome }: EntryHead): number[] | undefined {
    if (!['accepted', 'rejected'].includes(outcome)) return undefined;
    const fresh = [...features].filter((feature) => !this.features.has(feature));
    const hasBlock = blocks?.some((block) => !this.blocks.has(block)) === true;
    this.features.add(fresh);
    this.blocks.add(blocks ?? []);
    return fresh.length > 0 || hasBlock ? fresh : undefined;
  }

  /** Those that can't be read, or that nobody would take, do not stand before others. */
  private nextFindings(atEnd: boolean): { findings: WaitingFinding[]; isMore: boolean } {
    const findings: WaitingFinding[] = [];
    let bytes = 0;
    for (const { id, form } of this.unacknowledged(atEnd)) {
      if (findings.length >= findingsAtOnce || bytes >= findingRoom) return { findings, isMore: true };
      const row = this.database.findings.byId(id);
      const finding = row === undefined ? undefined : readFinding(row);
      if (row === undefined || finding === undefined) continue;
      const { elapsedSeconds, known } = row;
      const on = { ...this.foundOn, elapsedSeconds, known: known ?? undefined };
      const encoded = encodeSharedFinding({ on, finding });
      if (encoded.length > maxFindingBytes) continue;
      bytes += encoded.length;
      findings.push({ id, form, bytes: Uint8Array.from(encoded) });
    }
    return { findings, isMore: false };
  }

  private unacknowledged(atEnd: boolean): { id: string; form: string }[] {
    const known = this.state.findings;
    return this.database.findings
      .ownForms()
      .filter(({ form }) => atEnd || form !== 'found')
      .map(({ id, form, size }) => ({ id, form: `${form} ${size}` }))
      .filter(({ id, form }) => known.get(id) !== form);
  }
}
