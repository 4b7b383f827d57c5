import { basename, join } from 'node:path';
import type { Finding } from '../../api/entries.js';
import { describeKnown, type KnownCause } from '../../api/known-cause.js';
import { describeSignature, isSameSignature, type Signature } from '../../api/signature.js';
import type { Discovery } from '../../api/verdict.js';
import { knownOf, type KnownSignature } from '../../judge/known.js';
import { decodeFinding, encodeFinding, findingId } from '../../share/entry-codec.js';
import { asText } from '../../store/candidate-text.js';
import type { CampaignDatabase } from '../../store/database.js';
import type { FindingContext } from '../../store/finding-files.js';
import { folderName, writeFindingFolder } from '../../store/finding-folder.js';
import { sizeOf } from '../../store/finding-size.js';
import { linkFinding } from '../../store/finding-links.js';
import type { FindingTableRow, FoundOn } from '../../store/finding-table.js';
import { MalformedBytes } from '../../util/bytes.js';
import { keepRescued } from '../../store/rescued-findings.js';
import { messageOf } from '../../util/errors.js';
import { ownCommand, pathArgument } from '../../util/shell.js';

/** Where findings go, and what their folders say. */
export interface FindingStoreContext extends Omit<FindingContext, 'elapsedSeconds' | 'known'> {
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

/** The machine that sent a finding, what it was found on there, and what a baseline says of it there. */
export interface Origin extends FoundOn {
  readonly machine: string;
  readonly elapsedSeconds: number;
  readonly known: string | undefined;
}

const idForm = /^[0-9a-f]{16}$/;

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
  private collects = false;
  private readonly named = new Set<string>();
  /** Rows that can't be read. */
  private readonly damaged = new Set<string>();
  private readonly identity: string;
  /** The id of what is stored of each kind and signature: asked for when the database can't say it any more. */
  private readonly idOf: Map<string, string>;
  private readonly rescuedSizes = new Map<string, number>();

  constructor(
    private readonly database: CampaignDatabase,
    private readonly context: FindingStoreContext,
  ) {
    this.identity = database.identity;
    this.owing = database.findings.unwritten().length > 0;
    this.idOf = new Map(
      database.findings.idsBySignature().map(({ kind, signature, id }) => [keyOf(kind, signature), id]),
    );
  }

  /** How many findings of an earlier run can't be read any more. */
  get unreadable(): number {
    return this.damaged.size;
  }

  /** Proofs of False that were found on this machine, also those that have no name yet. */
  solutions = 0;

  /** Stores a finding; one with an origin comes from another machine. */
  store(found: Finding, from?: Origin): void {
    if (found.form === 'found') this.storeUnnamed(found, from);
    else this.storeNamed(found, from);
    const isNew = from === undefined && found.asked === undefined;
    if (isNew && found.verdict.kind === 'solution') this.solutions++;
  }

  /** From here on the findings of other machines get folders, too. */
  collectAll(): void {
    this.owing ||= !this.collects;
    this.collects = true;
  }

  /**
   * For a database that can't be used any more: writes the folder of a finding, and keeps it for the next run, which
   * takes it into the database. Returns where it is; nothing for a repeat of one that was rescued before.
   */
  rescue(found: Finding): string | undefined {
    const { kind, signature } = found.verdict;
    const { target, lean, mutant, jobMillis, limits } = this.context;
    const known = this.knownOf(kind, signature);
    const elapsedSeconds = this.context.elapsedSeconds();
    const context = { target, lean, mutant, jobMillis, limits, elapsedSeconds, known: known ?? null };
    const id =
      this.idOf.get(keyOf(kind, describeSignature(signature))) ?? findingId(found.candidate, found.claim);
    const [finding, size, before] = [{ ...found, id }, sizeOf(found), this.rescuedSizes.get(id)];
    if (before !== undefined && size >= before) return undefined;
    const text = asText(finding.candidate.units, finding.claim);
    let folder: string;
    try {
      folder = writeFindingFolder(this.parentOf(kind), finding, text, context, this.identity);
    } catch (error) {
      return `${kind} ${finding.id} is lost, because no folder can be written either (${messageOf(error)})`;
    }
    this.remember(found, id);
    this.rescuedSizes.set(id, size);
    if (before === undefined) this.context.onFinding(finding, folder, known);
    const where = `${kind} ${finding.id} is in ${folder} only`;
    try {
      keepRescued(this.context.campaignFolder, finding.id, encodeFinding(finding));
      return where;
    } catch (error) {
      return `${where}, and the next run can't take it from there (${messageOf(error)})`;
    }
  }

  /** Takes in what an earlier run could only write into folders; it was announced then. */
  takeRescued(rescued: Finding): void {
    const { kind } = rescued.verdict;
    const { findings } = this.database;
    const former = findings.byId(rescued.id) ?? this.sameSignature(rescued);
    const row =
      former === undefined || takesOver(rescued, undefined, former)
        ? this.put(rescued, undefined, former)
        : former;
    if (row === undefined) return;
    // Whatever name it comes to: its id and folder have been heard of.
    findings.setAnnounced(row.id);
    if (row.folder === null) this.writeFolder(row, { ...rescued, id: row.id });
    const under = row.id === rescued.id ? '' : ` as ${row.id}, which has its signature`;
    this.context.notice(
      `${kind} ${rescued.id}, which the database could not take before, is in it now${under}`,
    );
  }

  /** The stored finding of the same signature: under the name that it came to, or as it was found. */
  private sameSignature({ verdict: { kind, signature } }: Finding): FindingTableRow | undefined {
    const { findings } = this.database;
    return findings.namedFor(kind, signature) ?? findings.find(kind, signature);
  }

  /** A find with a provisional signature is stored, and nobody hears of it before it has a name. */
  private storeUnnamed(found: Finding, from: Origin | undefined): void {
    const { findings } = this.database;
    const former = this.sameSignature(found);
    if (former !== undefined && from === undefined) findings.countRepeat(former.id);
    if (former === undefined || takesOver(found, from, former)) this.put(found, from, former);
    else this.remember(found, former.id);
  }

  /** A find with a name joins the finding of that name, in its folder; or else it is one of its own. */
  private storeNamed(found: Finding, from: Origin | undefined): void {
    const { kind, signature } = found.verdict;
    const { findings } = this.database;
    const former = this.database.together(() => this.formerOf(found));
    if (found.asked === undefined && former !== undefined && from === undefined)
      findings.countRepeat(former.id);
    if (former !== undefined) this.remember(found, former.id);
    if (former !== undefined && !takesOver(found, from, former)) return;
    const row = this.put(found, from, former);
    const finding = row === undefined ? found : { ...found, id: row.id };
    const isWritten = row !== undefined && (from === undefined || this.collects);
    const folder = isWritten ? this.writeFolder(row, finding) : undefined;
    if (from !== undefined) return;
    // One that is there already, under another name, has been heard of; another machine's has not.
    const isNews =
      former === undefined ||
      former.machine !== null ||
      (former.form === 'found' && former.folder === null && !former.isAnnounced);
    if (isNews)
      this.context.onFinding(
        finding,
        folder ?? join(this.parentOf(kind), folderName(kind, finding.id)),
        row === undefined ? this.knownOf(kind, signature) : describeKnown(row),
      );
    if (folder !== undefined) this.context.onFolder(finding, folder);
  }

  /** The stored finding of a signature, which may have been found under a provisional one. */
  private formerOf({ verdict: { kind, signature }, asked }: Finding): FindingTableRow | undefined {
    const { findings } = this.database;
    const former = findings.find(kind, signature);
    if (asked === undefined || isSameSignature(asked, signature)) return former;
    findings.setName(kind, asked, signature);
    const unnamed = findings.find(kind, asked);
    if (unnamed?.form !== 'found') return former;
    if (former === undefined) {
      findings.rename(unnamed.id, signature);
      return unnamed;
    }
    // A finding that was announced, or has a folder, stays.
    if (unnamed.folder === null && !unnamed.isAnnounced) findings.absorb(unnamed.id, former.id);
    return former;
  }

  private knownOf(kind: Discovery['kind'], signature: Signature): string | undefined {
    return knownOf(this.context.known, kind, signature, this.context.lean.version);
  }

  /** Stores a finding in the place of its former form, under its id. */
  private put(
    found: Finding,
    from: Origin | undefined,
    former: FindingTableRow | undefined,
  ): FindingTableRow | undefined {
    const { kind, signature } = found.verdict;
    const { findings } = this.database;
    const finding = { ...found, id: former?.id ?? this.freeId(found, from) };
    const { target, lean, mutant } = from ?? this.context;
    const known = knownOf(this.context.known, kind, signature, lean.version);
    const cause = known === undefined ? knownElsewhere(kind, from, former) : { known };
    const text = asText(finding.candidate.units, finding.claim);
    const elapsedSeconds = former?.elapsedSeconds ?? from?.elapsedSeconds ?? this.context.elapsedSeconds();
    const bytes = encodeFinding(finding);
    const size = sizeOf(finding);
    findings.put({
      ...{ finding, bytes, text, size, ...cause, target, lean, mutant, elapsedSeconds },
      machine: from?.machine,
    });
    this.remember(found, finding.id);
    return findings.byId(finding.id);
  }

  /** At the end: what has got no name is announced under its provisional one. */
  announceUnnamed(): void {
    for (const [row, finding] of this.readable(this.database.findings.unnamed(this.collects))) {
      // Before anybody hears of it: its id and folder are there for good then.
      if (row.machine === null) this.database.findings.setAnnounced(row.id);
      const folder = this.writeFolder(row, finding);
      if (row.machine !== null) continue;
      const where = folder ?? join(this.parentOf(row.kind), folderName(row.kind, row.id));
      this.context.onFinding(finding, where, describeKnown(row));
      if (folder !== undefined) this.context.onFolder(finding, folder);
    }
  }

  /** Tries again to write the folders that are owed: now and then, or `now`. */
  retry(now = false): void {
    if (!this.owing || (!now && performance.now() - this.triedAt < retryMillis)) return;
    this.triedAt = performance.now();
    this.owing = false;
    for (const [row, finding] of this.readable(this.database.findings.unwritten(this.collects))) {
      const folder = this.writeFolder(row, finding);
      // A finding that another machine sent is written down, and nothing of it is run.
      if (folder !== undefined && row.machine === null) this.context.onFolder(finding, folder);
    }
  }

  /** Rows with their findings. Those that can't be read any more are passed over; each is named once. */
  private *readable(rows: readonly FindingTableRow[]): Generator<readonly [FindingTableRow, Finding]> {
    for (const row of rows) {
      const finding = readFinding(row);
      if (finding !== undefined) yield [row, finding];
      else if (!this.damaged.has(row.id)) {
        this.damaged.add(row.id);
        this.context.notice(
          `${row.kind} ${row.id} can't be read any more: its row in the database is damaged`,
        );
      }
    }
  }

  /** Writes what a row says; undefined, said once for each finding, where that can't be done now. */
  private writeFolder(row: FindingTableRow, finding: Finding): string | undefined {
    const { kind, id, text } = row;
    const { jobMillis, limits } = row.machine === null ? this.context : {};
    const parent = this.parentOf(kind);
    try {
      const folder = writeFindingFolder(parent, finding, text, { ...row, jobMillis, limits }, this.identity);
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

  /** Keeps under which id a signature is stored, and the provisional one from which it came. */
  private remember({ verdict: { kind, signature }, asked }: Finding, id: string): void {
    for (const one of [signature, asked ?? []].flat()) this.idOf.set(keyOf(kind, describeSignature(one)), id);
  }

  private parentOf(kind: string): string {
    return kind === 'solution' ? this.context.solutionsFolder : this.context.leadsFolder;
  }

  /** The id of a finding that is seen for the first time; another machine's keeps the one that it has there. */
  private freeId({ id: given, candidate, claim, verdict }: Finding, from: Origin | undefined): string {
    const isKept = from !== undefined && idForm.test(given);
    const id = isKept ? given : findingId(candidate, claim);
    if (this.database.findings.byId(id) === undefined) return id;
    return findingId(candidate, claim, verdict.kind, describeSignature(verdict.signature));
  }
}

function keyOf(kind: string, signature: string): string {
  return `${kind} ${signature}`;
}

/**
 * The knowledge of other machines about a finding. A lead that one of them has found is no news here, nor one that a
 * baseline knows there. Of a proof of False nobody's word is believed: it must not make one look harmless.
 */
function knownElsewhere(
  kind: Discovery['kind'],
  from: Origin | undefined,
  former: FindingTableRow | undefined,
): KnownCause {
  if (kind === 'solution') return {};
  if (from !== undefined) return { known: from.known };
  const foundFirstBy = former?.machine ?? former?.foundFirstBy;
  return foundFirstBy == null ? {} : { known: former?.known, foundFirstBy };
}

/**
 * Whether a find is stored in the place of the one of its signature: a smaller or a better named one. What has been
 * found on this machine takes the place of whatever another one sent, and never the other way round.
 */
function takesOver(found: Finding, from: Origin | undefined, former: FindingTableRow): boolean {
  if (from === undefined && former.machine !== null) return found.form !== 'found' || former.form === 'found';
  if (from !== undefined && former.machine === null) return false;
  const size = sizeOf(found);
  if (found.form === 'found') return former.form === 'found' && former.folder === null && size < former.size;
  return (
    former.form === 'found' ||
    size < former.size ||
    (size === former.size && found.form === 'smallest' && former.form === 'named')
  );
}

/** A finding as a row of the database has it; undefined where the row is damaged. */
export function readFinding({ bytes, id }: FindingTableRow): Finding | undefined {
  try {
    return { ...decodeFinding(bytes), id };
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return undefined;
  }
}
