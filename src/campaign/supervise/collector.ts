import Database from 'better-sqlite3';
import type { CandidateError } from '../../api/candidate-error.js';
import type { CorpusEntry, Finding } from '../../api/entries.js';
import type { NativeLogRing } from '../../native/addon.js';
import { decodeEntry, decodeFinding, encodeEntry, union } from '../../share/entry-codec.js';
import type { SharedRegion } from '../../share/region.js';
import { asText } from '../../store/candidate-text.js';
import type { CampaignDatabase } from '../../store/database.js';
import { MalformedBytes } from '../../util/bytes.js';
import { messageOf, unusable } from '../../util/errors.js';
import { candidateErrorOf, isOfCandidate, subjectOf } from '../candidate-errors.js';
import { FindingStore, type FindingStoreContext } from './finding-store.js';

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
  /** Entries that could not be read. */
  damaged = 0;

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

  /** Stores all that is there. UserError (78) where the database can't be written: nothing found would be safe. */
  collect(): void {
    try {
      this.database.together(() => this.collectEntries());
      this.collectFindings();
      this.findings.retry();
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      const expected = `a database that can be written (${messageOf(error)}): what is found now is not safe`;
      throw unusable('campaign folder', this.context.campaignFolder, expected);
    }
  }

  /** Proofs of False that were found in this run, also those that have no name yet. */
  get solutions(): number {
    return this.findings.solutions;
  }

  /** The same for the last time: folders that could not be written are tried once more. */
  finish(): void {
    this.settle();
    this.findings.retry(true);
  }

  /** Stores all that is there, and announces what has no name: no worker is left to give it one. */
  settle(): void {
    this.collect();
    this.findings.settle();
  }

  private collectFindings(): void {
    for (const log of this.findingsLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read()) {
        this.takeFinding(bytes);
        log.acknowledge();
      }
    }
  }

  /** Stores an entry. */
  takeEntry(bytes: Uint8Array): void {
    const entry = this.decode(bytes, decodeEntry);
    if (entry !== undefined) this.guard(entry, () => this.storeEntry(entry, bytes));
  }

  /** Stores a finding. */
  takeFinding(bytes: Uint8Array): void {
    const finding = this.decode(bytes, decodeFinding);
    if (finding !== undefined) this.guard(finding, () => this.findings.store(finding));
  }

  private collectEntries(): void {
    for (const log of this.corpusLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read()) this.takeEntry(bytes);
    }
  }

  private storeEntry(entry: CorpusEntry, bytes: Uint8Array): void {
    const text = asText(entry.candidate.units);
    if (this.database.addEntry({ entry, bytes, text }, this.context.elapsedSeconds())) return;
    // The accepted units are known; units refused with them may have shown features that must not count as new again.
    const known = this.decode(this.database.entryBytes(entry.id), decodeEntry);
    if (known === undefined) return;
    const features = union(known.features, entry.features);
    if (features.length > known.features.length)
      this.database.replaceEntry(entry.id, encodeEntry({ ...known, features }));
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
      this.damaged++;
      return undefined;
    }
  }
}
