import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Finding } from '../../api/entries.js';
import { describeSignature } from '../../api/signature.js';
import { knownAs, type KnownSignature } from '../../judge/known.js';
import { decodeFinding, encodeFinding, findingId } from '../../share/entry-codec.js';
import { asText } from '../../store/candidate-text.js';
import type { CampaignDatabase } from '../../store/database.js';
import type { FindingContext } from '../../store/finding-files.js';
import { folderName, writeFindingFolder } from '../../store/finding-folder.js';
import { linkFinding } from '../../store/finding-links.js';
import type { FindingTableRow, StoredFinding } from '../../store/finding-table.js';
import { messageOf, unusable } from '../../util/errors.js';
import { ownCommand, pathArgument } from '../../util/shell.js';

/** Where findings go, and what their folders say. */
export interface FindingStoreContext extends Omit<FindingContext, 'elapsedSeconds'> {
  readonly campaignFolder: string;
  readonly solutionsFolder: string;
  readonly leadsFolder: string;
  elapsedSeconds(): number;
  /** Signatures that are no news. */
  readonly known: readonly KnownSignature[];
  /** Called for each finding of a new signature, when it is stored; its folder may still have to be written. */
  onFinding(finding: Finding, folder: string, known: string | undefined): void;
  /** Called when a finding's folder has got a new form: the first, or a smaller one. */
  onFolder(finding: Finding, folder: string): void;
  notice(text: string): void;
}

/** Milliseconds until a folder that could not be written is tried again. */
const retryMillis = 10_000;

/**
 * Findings on their way to the disk: the database's row first, then the folder. One whose folder can't be written is
 * safe in the database, from which the folder is tried again, also by a later run of the campaign.
 */
export class FindingStore {
  private triedAt = -Infinity; // what an earlier run owes is due at once
  /** Whether the database may have rows without a folder. */
  private owing: boolean;
  private readonly named = new Set<string>();
  private readonly identity: string;

  constructor(
    private readonly database: CampaignDatabase,
    private readonly context: FindingStoreContext,
  ) {
    this.identity = database.identity;
    this.owing = database.findings.unwritten().length > 0;
  }

  store(found: Finding): void {
    const { kind, signature } = found.verdict;
    const { findings } = this.database;
    const former = findings.find(kind, signature);
    const size = sizeOf(found);
    if (former !== undefined && former.size <= size) return findings.countRepeat(kind, signature);

    const finding = { ...found, id: former?.id ?? this.freeId(found) };
    const known = knownAs(this.context.known, { kind, signature: describeSignature(signature) });
    const { target, lean, mutant } = this.context;
    const text = asText(finding.candidate.units, finding.claim);
    const elapsedSeconds = former?.elapsedSeconds ?? this.context.elapsedSeconds();
    const bytes = encodeFinding(finding);
    const stored = { finding, bytes, text, size, known, target, lean, mutant, elapsedSeconds };
    try {
      findings.put(stored);
    } catch (error) {
      throw this.lastResort(stored, error);
    }
    const row = findings.byId(finding.id);
    const folder = row === undefined ? undefined : this.writeFolder(row);
    if (former === undefined)
      this.context.onFinding(
        finding,
        folder ?? join(this.parentOf(kind), folderName(kind, finding.id)),
        known,
      );
    if (folder !== undefined) this.context.onFolder(finding, folder);
  }

  /** A finding that the database does not take may still fit elsewhere. Returns the error that says where it is. */
  private lastResort(stored: StoredFinding, error: unknown): unknown {
    if (!(error instanceof Database.SqliteError)) return error;
    const { finding, text } = stored;
    const { kind } = finding.verdict;
    let where: string;
    try {
      const folder = writeFindingFolder(this.parentOf(kind), finding, text, stored, this.identity);
      where = `${kind} ${finding.id} is in ${folder} only`;
    } catch (second) {
      where = `${kind} ${finding.id} is lost, because no folder can be written either (${messageOf(second)})`;
    }
    const expected = `a database that can be written (${messageOf(error)}); ${where}`;
    return unusable('campaign folder', this.context.campaignFolder, expected);
  }

  /** Tries again to write the folders that are owed: now and then, or `now`. */
  retry(now = false): void {
    if (!this.owing || (!now && performance.now() - this.triedAt < retryMillis)) return;
    this.triedAt = performance.now();
    this.owing = false;
    for (const row of this.database.findings.unwritten()) {
      const folder = this.writeFolder(row);
      if (folder !== undefined) this.context.onFolder(findingOf(row), folder);
    }
  }

  /** Writes what a row says; undefined, said once for each finding, where that can't be done now. */
  private writeFolder(row: FindingTableRow): string | undefined {
    const { kind, id, text } = row;
    const parent = this.parentOf(kind);
    try {
      const finding = findingOf(row);
      const folder = writeFindingFolder(
        parent,
        finding,
        text,
        { ...row, jobMillis: this.context.jobMillis },
        this.identity,
      );
      const { rule } = finding.verdict.signature;
      if (rule.kind === 'is checked') linkFinding(this.context.solutionsFolder, rule.row, folder);
      this.database.findings.setFolder(id, basename(folder));
      if (this.named.delete(id)) this.context.notice(`${kind} ${id}: its folder is written now: ${folder}`);
      return folder;
    } catch (error) {
      this.owing = true;
      this.triedAt = performance.now();
      if (this.named.has(id)) return undefined;
      this.named.add(id);
      const replay = ownCommand(['replay', pathArgument(this.context.campaignFolder), id], process.cwd());
      this.context.notice(
        `${kind} ${id} is safe in the campaign's database, but its folder below ${parent} can't be written ` +
          `(${messageOf(error)}); it will be tried again; replay with: ${replay}`,
      );
      return undefined;
    }
  }

  private parentOf(kind: string): string {
    return kind === 'solution' ? this.context.solutionsFolder : this.context.leadsFolder;
  }

  /** The id of a finding that is seen for the first time. */
  private freeId({ candidate, claim, verdict }: Finding): string {
    const id = findingId(candidate, claim);
    if (this.database.findings.byId(id) === undefined) return id;
    return findingId(candidate, claim, verdict.kind, describeSignature(verdict.signature));
  }
}

/** A finding as a row of the database has it. Throws MalformedBytes. */
export function findingOf({ bytes, id }: FindingTableRow): Finding {
  return { ...decodeFinding(bytes), id };
}

/** How much there is to look at: words at the kernel level, else characters. */
function sizeOf({ candidate, claim }: Finding): number {
  const claimed = claim?.step.kind === 'declaration' ? claim.step.words : claim?.step.text;
  return candidate.units.reduce((sum, unit) => sum + unit.size, claimed?.length ?? 0);
}
