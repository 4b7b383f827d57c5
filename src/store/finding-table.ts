import type Database from 'better-sqlite3';
import type { Finding, FindingForm } from '../api/entries.js';
import { identityOf, type LeanIdentity } from '../api/lean.js';
import { describeSignature, type Signature } from '../api/signature.js';
import type { Discovery } from '../api/verdict.js';
import { unusable } from '../util/errors.js';
import type { FindingContext } from './finding-files.js';

/** A finding as it is stored, with all that its folder says. */
export interface StoredFinding extends FindingContext {
  readonly finding: Finding;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** How large it is; the smallest of a signature is kept. */
  readonly size: number;
}

/** The target, the Lean and the planted bug that a finding was found on. */
export type FoundOn = Pick<FindingContext, 'target' | 'lean' | 'mutant'>;

/** A row of the findings table, as far as its folder is written or it is replayed from it. */
export interface FindingTableRow extends FindingContext {
  readonly kind: Discovery['kind'];
  readonly form: FindingForm;
  readonly signature: string;
  readonly id: string;
  readonly text: string;
  readonly size: number;
  readonly known: string | null;
  /** As encodeFinding made it. */
  readonly bytes: Uint8Array;
  readonly foundFirstBy: string | null;
  /** The name of the folder that holds this form; null where none was written yet. */
  readonly folder: string | null;
  /** It was announced under its provisional name: it stays, whatever name it comes to. */
  readonly isAnnounced: boolean;
  /** The machine that found it; null for this one. */
  readonly machine: string | null;
}

/** Columns that the table has in another form than a row here: the Lean as JSON, a truth value as a number. */
interface Stored {
  readonly mutant: string | null;
  readonly lean: string;
  readonly announced: number;
}

const columns = `kind, form, signature, id, text, size, known, found_first_by AS foundFirstBy, target, lean, mutant,
  elapsed_seconds AS elapsedSeconds, finding AS bytes, folder, announced, machine`;

const ofThis = 'AND machine IS NULL';

/** The condition on rows of findings that nobody has heard of: their signatures are provisional. */
export const unnamedRows = "form = 'found' AND folder IS NULL AND announced = 0";

/** The condition on rows of findings that are no news. */
export const knownRows = '(known IS NOT NULL OR found_first_by IS NOT NULL)';

/** The findings of a campaign, one of each kind and signature. Their folders are written after their rows. */
export class FindingTable {
  constructor(private readonly db: Database.Database) {}

  /** The stored finding of a kind and signature; undefined where it is new. */
  find(kind: string, signature: Signature): FindingTableRow | undefined {
    return this.rows('WHERE kind = ? AND signature = ?', kind, describeSignature(signature))[0];
  }

  byId(id: string): FindingTableRow | undefined {
    return this.rows('WHERE id = ?', id)[0];
  }

  /** Of all, oldest first. */
  ids(): string[] {
    return this.db.prepare('SELECT id FROM findings ORDER BY number').pluck().all() as string[];
  }

  /** The ids of all by kind and signature, the provisional ones from which they came included. */
  idsBySignature(): { kind: string; signature: string; id: string }[] {
    return this.db
      .prepare(
        `SELECT kind, signature, id FROM findings
         UNION ALL SELECT kind, asked, id FROM finding_names JOIN findings USING (kind, signature)`,
      )
      .all() as { kind: string; signature: string; id: string }[];
  }

  /**
   * Those that were announced, or can be, whose folder does not hold the form that is stored, oldest first; of all
   * machines, or of this one.
   */
  unwritten(ofAll = false): FindingTableRow[] {
    return this.rows(`WHERE folder IS NULL AND NOT (${unnamedRows}) ${ofAll ? '' : ofThis} ORDER BY number`);
  }

  /** Those that nobody has heard of, oldest first. */
  unnamed(ofAll = false): FindingTableRow[] {
    return this.rows(`WHERE ${unnamedRows} ${ofAll ? '' : ofThis} ORDER BY number`);
  }

  /** Those of this machine that may get smaller: first those without a name of their own, solutions first. */
  reducible(): FindingTableRow[] {
    return this.rows(
      `WHERE form <> 'smallest' ${ofThis} ORDER BY form <> 'found', kind <> 'solution', number`,
    );
  }

  /** Forms and sizes of those of this machine, by their ids. */
  ownForms(): { id: string; form: string; size: number }[] {
    return this.db.prepare(`SELECT id, form, size FROM findings WHERE true ${ofThis}`).all() as {
      id: string;
      form: string;
      size: number;
    }[];
  }

  /** How many proofs of False other machines have found. */
  countSolutionsOfOthers(): number {
    const of = "SELECT count(*) AS n FROM findings WHERE kind = 'solution' AND machine IS NOT NULL";
    return (this.db.prepare(of).get() as { n: number }).n;
  }

  /** Counts a finding of a stored one. */
  countRepeat(id: string): void {
    this.db.prepare('UPDATE findings SET times = times + 1 WHERE id = ?').run(id);
  }

  /**
   * The finding that those which were found under a provisional signature have come to, the last time; undefined for
   * none.
   */
  namedFor(kind: string, asked: Signature): FindingTableRow | undefined {
    const of = 'SELECT signature FROM finding_names AS n WHERE n.kind = findings.kind AND n.asked = ?';
    return this.rows(`WHERE kind = ? AND signature = (${of})`, kind, describeSignature(asked))[0];
  }

  /** Keeps under which signature those go from now on that are found under a provisional one. */
  setName(kind: string, asked: Signature, signature: Signature): void {
    this.db
      .prepare('INSERT OR REPLACE INTO finding_names (kind, asked, signature) VALUES (?, ?, ?)')
      .run(kind, describeSignature(asked), describeSignature(signature));
  }

  /** Gives a stored finding its signature, which no other has. */
  rename(id: string, signature: Signature): void {
    this.db.prepare('UPDATE findings SET signature = ? WHERE id = ?').run(describeSignature(signature), id);
  }

  /** Takes out a finding that turned out to be another one's repeat. */
  absorb(id: string, into: string): void {
    this.db
      .prepare(
        'UPDATE findings SET times = times + (SELECT times FROM findings AS other WHERE other.id = ?) WHERE id = ?',
      )
      .run(id, into);
    this.db.prepare('DELETE FROM findings WHERE id = ?').run(id);
  }

  /**
   * Stores a finding so that it outlives the machine, in the place of the one of its signature where there is one:
   * id, times and time of that stay, and its folder has to be written again.
   */
  put(stored: StoredFinding): void {
    const { finding, bytes, text, size, known, foundFirstBy, target, lean, mutant } = stored;
    const { elapsedSeconds, machine } = stored;
    const { verdict, form, id, worker } = finding;
    const { signature } = verdict;
    this.db.pragma('synchronous = FULL');
    try {
      this.db
        .prepare(
          `INSERT INTO findings (kind, class, form, signature, id, worker, reason, folder, times, size, known,
             found_first_by, target, lean, mutant, elapsed_seconds, text, machine, finding)
           VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (kind, signature) DO UPDATE SET class = excluded.class, form = excluded.form,
             worker = excluded.worker, reason = excluded.reason, folder = NULL, size = excluded.size,
             known = excluded.known, found_first_by = excluded.found_first_by, target = excluded.target, lean = excluded.lean, mutant = excluded.mutant,
             text = excluded.text, machine = excluded.machine, finding = excluded.finding`,
        )
        .run(
          ...[verdict.kind, signature.class, form, describeSignature(signature), id, worker],
          ...[
            verdict.reasons[0] ?? '',
            size,
            known ?? null,
            foundFirstBy ?? null,
            target,
            JSON.stringify(identityOf(lean)),
          ],
          ...[mutant ?? null, elapsedSeconds, text, machine ?? null, bytes],
        );
    } finally {
      this.db.pragma('synchronous = NORMAL');
    }
  }

  /** Records that somebody hears of a finding under its provisional name. */
  setAnnounced(id: string): void {
    this.db.prepare('UPDATE findings SET announced = 1 WHERE id = ?').run(id);
  }

  /** Records under which name a finding's folder was written. */
  setFolder(id: string, folder: string): void {
    this.db.prepare('UPDATE findings SET folder = ? WHERE id = ?').run(folder, id);
  }

  private rows(where: string, ...values: readonly string[]): FindingTableRow[] {
    const rows = this.db.prepare(`SELECT ${columns} FROM findings ${where}`).all(...values);
    return (rows as (Omit<FindingTableRow, 'mutant' | 'lean' | 'isAnnounced'> & Stored)[]).map(
      ({ announced, ...row }) => ({
        ...row,
        isAnnounced: announced === 1,
        mutant: row.mutant ?? undefined,
        lean: parseLean(row.lean),
      }),
    );
  }
}

/** A Lean as the database has it. UserError (78) where that is none. */
export function parseLean(json: string): LeanIdentity {
  try {
    const { kind, name, version, githash, path, hash } = JSON.parse(json) as Partial<LeanIdentity>;
    const texts = [name, version, githash, path, hash];
    if ((kind === 'embedded' || kind === 'native') && texts.every((text) => typeof text === 'string'))
      return { kind, name, version, githash, path, hash } as LeanIdentity;
  } catch {
    // said below, with what it is
  }
  throw unusable("a Lean in the campaign's database", json, 'a Lean as this version writes it');
}
