import type { CandidateError } from '../../api/candidate-error.js';
import type { CorpusEntry, Finding } from '../../api/entries.js';
import { knownAs, type KnownSignature } from '../../judge/known.js';
import type { NativeLogRing } from '../../native/addon.js';
import { rowOfSignature } from '../../judge/checks.js';
import { decodeEntry, decodeFinding, encodeEntry, union } from '../../share/entry-codec.js';
import type { SharedRegion } from '../../share/region.js';
import type { CampaignDatabase } from '../../store/database.js';
import { linkFinding, unlinkFinding } from '../../store/finding-links.js';
import { removeFindingFolder, writeFindingFolder, type FindingContext } from '../../store/finding-folder.js';
import { MalformedBytes } from '../../util/bytes.js';
import { candidateErrorOf, subjectOf } from '../candidate-errors.js';
import { asText } from '../../store/candidate-text.js';

/** Where findings go, and what their folders say. */
export interface CollectorContext extends Omit<FindingContext, 'elapsedSeconds'> {
  solutionsFolder: string;
  leadsFolder: string;
  elapsedSeconds(): number;
  /** Signatures that are no news. */
  known: readonly KnownSignature[];
  /** Called for each finding of a new signature, when it is stored. */
  onFinding(finding: Finding, folder: string, known: string | null): void;
  /** Called for an error that an entry or a finding came to. */
  onError(error: CandidateError): void;
  /** Called when a smaller finding of a stored signature took the place of another. */
  onSmaller(finding: Finding, folder: string, formerFolder: string): void;
}

/**
 * The store stage: moves what workers share into the database and the solutions folder. A finding is acknowledged,
 * and its room in the log given free, only when it is on disk.
 */
export class Collector {
  private readonly corpusLogs: NativeLogRing[];
  private readonly findingsLogs: NativeLogRing[];
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
  }

  /** Entries that were overwritten before they were stored. */
  get missed(): number {
    return this.corpusLogs.reduce((sum, log) => sum + log.missed, 0);
  }

  collect(): void {
    this.database.together(() => this.collectEntries());
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
    if (finding !== undefined) this.guard(finding, () => this.storeFinding(finding, bytes));
  }

  private collectEntries(): void {
    for (const log of this.corpusLogs) {
      for (let bytes = log.read(); bytes !== undefined; bytes = log.read()) this.takeEntry(bytes);
    }
  }

  private storeEntry(entry: CorpusEntry, bytes: Uint8Array): void {
    const text = asText(entry.candidate.units, null);
    if (this.database.addEntry({ entry, bytes, text }, this.context.elapsedSeconds())) return;
    // What was accepted is known; what was refused with it may have shown something that must not be news again.
    const known = this.decode(this.database.entryBytes(entry.id), decodeEntry);
    if (known === undefined) return;
    const features = union(known.features, entry.features);
    if (features.length > known.features.length)
      this.database.replaceEntry(entry.id, encodeEntry({ ...known, features }));
  }

  private storeFinding(finding: Finding, bytes: Uint8Array): void {
    const { kind, signature } = finding.verdict;
    const former = this.database.findStored(kind, signature);
    const size = sizeOf(finding);
    if (former !== undefined && former.size <= size) return this.database.countRepeat(kind, signature);

    const text = asText(finding.candidate.units, finding.claim);
    const elapsedSeconds = this.context.elapsedSeconds();
    const { solutionsFolder, leadsFolder } = this.context;
    const parent = kind === 'solution' ? solutionsFolder : leadsFolder;
    const folder = writeFindingFolder(parent, finding, text, { ...this.context, elapsedSeconds });
    const row = rowOfSignature(signature);
    if (row !== undefined) linkFinding(solutionsFolder, row, folder);
    const known = knownAs(this.context.known, { kind, signature });
    this.database.putFinding({ finding, bytes, text, folder, size, known }, elapsedSeconds);
    if (former === undefined) return this.context.onFinding(finding, folder, known);
    // Findings of the same units share a folder: it goes with the last of them.
    if (!this.database.usesFolder(former.folder)) {
      removeFindingFolder(former.folder);
      if (row !== undefined) unlinkFinding(solutionsFolder, row, former.folder);
    }
    this.context.onSmaller(finding, folder, former.folder);
  }

  /** What is thrown while one is stored is its outcome, and the next one is stored. */
  private guard({ candidate }: CorpusEntry | Finding, store: () => void): void {
    try {
      store();
    } catch (error) {
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

/** How much there is to look at: words at the kernel level, else characters. */
function sizeOf({ candidate, claim }: Finding): number {
  const units = candidate.units.map((unit) => unit.words?.length ?? unit.text.length);
  const claimed = claim?.step.kind === 'declaration' ? claim.step.words : claim?.step.text;
  return units.reduce((sum, size) => sum + size, claimed?.length ?? 0);
}
