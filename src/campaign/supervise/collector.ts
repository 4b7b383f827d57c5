import type { CandidateError } from '../../api/candidate-error.js';
import type { CorpusEntry, Finding } from '../../api/entries.js';
import type { NativeLogRing } from '../../native/addon.js';
import { decodeEntry, decodeFinding, decodeHead, union, withHead } from '../../share/entry-codec.js';
import type { SharedRegion } from '../../share/region.js';
import type { CampaignDatabase } from '../../store/database.js';
import { forgetRescued, readRescued, rescuedIn } from '../../store/rescued-findings.js';
import { MalformedBytes } from '../../util/bytes.js';
import { messageOf } from '../../util/errors.js';
import { candidateErrorOf, isOfCandidate, subjectOf } from '../candidate-errors.js';
import { FindingStore, type FindingStoreContext, type Origin } from './finding-store.js';

/** Findings that the line which ends a campaign names. */
const maxNamed = 3;

/** Where findings go, and who hears of what could not be stored. */
export interface CollectorContext extends FindingStoreContext {
  /** Called for an error that an entry or a finding came to. */
  onError(error: CandidateError): void;
}

/**
 * The store stage: moves what workers share into the database and the folders of findings. A finding is acknowledged,
 * and its room in the log given free, only when it is on disk.
 */
export class Collector {
  private readonly corpusLogs: NativeLogRing[];
  private readonly findingsLogs: NativeLogRing[];
  private readonly findings: FindingStore;
  /** Entries that were taken from their logs and are not in the database yet. */
  private taken: Uint8Array[] = [];
  /** A finding that was taken from its log and is not stored yet. */
  private held: { readonly bytes: Uint8Array; readonly log: NativeLogRing } | undefined;
  private unread = 0;
  /** Findings of an earlier run that the database does not have yet, by id; undefined where nobody has looked. */
  private rescued: string[] | undefined;

  constructor(
    region: SharedRegion,
    private readonly database: CampaignDatabase,
    private readonly context: CollectorContext,
  ) {
    const workers = Array.from({ length: region.workerCount }, (_, i) => i);
    this.corpusLogs = workers.map((worker) => region.corpusLog(worker, 'oldest'));
    this.findingsLogs = workers.map((worker) => region.findingsLog(worker));
    this.findings = new FindingStore(database, context);
  }

  /** Entries that were overwritten before they were stored. */
  get missed(): number {
    return this.corpusLogs.reduce((sum, log) => sum + log.missed, 0);
  }

  /** Entries and findings that could not be read. */
  get damaged(): number {
    return this.unread + this.findings.unreadable;
  }

  /** Stores all that is there. Where the database can't be written, nothing is lost: it can be done again. */
  collect(): void {
    this.takeRescued();
    this.collectEntries();
    this.collectFindings();
    this.findings.retry();
  }

  /**
   * For a database that can't be used any more: writes the folders of findings that are in no usable database. Returns a
   * sentence that says where they are; nothing where there are none.
   */
  rescue(): string | undefined {
    const saved: string[] = [];
    for (let bytes = this.nextFinding(); bytes !== undefined; bytes = this.nextFinding()) {
      const finding = this.decode(bytes, decodeFinding);
      const where = finding === undefined ? undefined : this.findings.rescue(finding);
      if (where !== undefined) saved.push(where);
      this.acknowledge();
    }
    if (saved.length === 0) return undefined;
    const more = saved.length - maxNamed;
    return [...saved.slice(0, maxNamed), more > 0 ? `and so with ${more} more` : []].flat().join('; ');
  }

  /** Takes in what an earlier run could only write into folders. */
  private takeRescued(): void {
    const { campaignFolder } = this.context;
    this.rescued ??= rescuedIn(campaignFolder);
    for (let [id] = this.rescued; id !== undefined; [id] = this.rescued) {
      const finding = this.readRescued(id);
      if (finding !== undefined) {
        this.guard(finding, () => this.findings.takeRescued(finding));
        forgetRescued(campaignFolder, id);
      }
      this.rescued.shift();
    }
  }

  /** Undefined where it can't be read; then it stays where it is. */
  private readRescued(id: string): Finding | undefined {
    try {
      return { ...decodeFinding(readRescued(this.context.campaignFolder, id)), id };
    } catch (error) {
      this.unread++;
      this.context.notice(`rescued/${id}, a finding of an earlier run, can't be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** From here on the findings of other machines get folders, too. */
  collectAll(): void {
    this.findings.collectAll();
  }

  /** Proofs of False that were found in this run, also those that have no name yet. */
  get solutions(): number {
    return this.findings.solutions;
  }

  /** The same for the last time: folders that could not be written are tried once more. */
  finish(): void {
    this.collectLast();
    this.findings.retry(true);
  }

  /** Stores all that is there, and announces what has no name: no worker is left to give it one. */
  collectLast(): void {
    this.collect();
    this.findings.announceUnnamed();
  }

  private collectFindings(): void {
    for (let bytes = this.nextFinding(); bytes !== undefined; bytes = this.nextFinding()) {
      this.takeFinding(bytes);
      this.acknowledge();
    }
  }

  /** The oldest finding of a log that is not acknowledged. */
  private nextFinding(): Uint8Array | undefined {
    for (const log of this.held === undefined ? this.findingsLogs : []) {
      const bytes = log.read();
      if (bytes === undefined) continue;
      this.held = { bytes, log };
      break;
    }
    return this.held?.bytes;
  }

  private acknowledge(): void {
    this.held?.log.acknowledge();
    this.held = undefined;
  }

  /** Stores an entry. */
  takeEntry(bytes: Uint8Array): void {
    const entry = this.decode(bytes, decodeEntry);
    if (entry !== undefined) this.guard(entry, () => this.storeEntry(entry, bytes));
  }

  /** Stores an entry of another machine. */
  takeEntryOf(machine: string, entry: CorpusEntry, bytes: Uint8Array): void {
    this.guard(entry, () => this.storeEntry(entry, bytes, machine));
  }

  /** Stores a finding of another machine. */
  takeFindingOf(origin: Origin, finding: Finding): void {
    this.guard(finding, () => this.findings.store(finding, origin));
  }

  /** Stores a finding. */
  takeFinding(bytes: Uint8Array): void {
    const finding = this.decode(bytes, decodeFinding);
    if (finding !== undefined) this.guard(finding, () => this.findings.store(finding));
  }

  private collectEntries(): void {
    // Where that is undone, it is done again with what was taken before.
    for (const log of this.corpusLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read()) this.taken.push(bytes);
    }
    if (this.taken.length === 0) return;
    const unreadBefore = this.unread;
    try {
      this.database.together(() => this.taken.forEach((bytes) => this.takeEntry(bytes)));
    } catch (error) {
      this.unread = unreadBefore;
      throw error;
    }
    this.taken = [];
  }

  private storeEntry(entry: CorpusEntry, bytes: Uint8Array, machine?: string): void {
    if (this.database.addEntry({ entry, bytes, machine }, this.context.elapsedSeconds())) return;
    // The accepted units are known; units refused with them may have shown features that must not count as new again.
    const stored = this.database.entryBytes(entry.id);
    const known = this.decode(stored, decodeHead);
    if (known === undefined) return;
    const features = union(known.features, entry.features);
    if (features.length > known.features.length)
      this.database.replaceEntry(entry.id, withHead(stored, { ...known, features }));
  }

  /** Reports an error of the candidate's own, so that the next one is stored; throws the machine's errors. */
  private guard({ candidate }: CorpusEntry | Finding, store: () => void): void {
    try {
      store();
    } catch (error) {
      if (!isOfCandidate(error)) throw error;
      this.context.onError(candidateErrorOf('store', subjectOf(candidate), error));
    }
  }

  private decode<T>(bytes: Uint8Array, read: (bytes: Uint8Array) => T): T | undefined {
    try {
      return read(bytes);
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error;
      this.unread++;
      return undefined;
    }
  }
}
