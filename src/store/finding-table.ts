import type Database from 'better-sqlite3';
import type { Finding } from '../api/entries.js';
import { identityOf, type LeanIdentity } from '../api/lean.js';
import { describeSignature, type Signature } from '../api/signature.js';
import { unusable } from '../util/errors.js';
import type { FindingContext } from './finding-files.js';

/** A finding as it is stored, with all that its folder says. */
export interface StoredFinding extends FindingContext {
  readonly finding: Finding;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** How large it is; the smallest of a signature is kept. */
  readonly size: number;
  /** What a baseline says of its signature; undefined for news. */
  readonly known: string | undefined;
}

/** A row of the findings table, as far as its folder is written or it is replayed from it. */
export interface FindingTableRow extends FindingContext {
  readonly kind: string;
  readonly signature: string;
  readonly id: string;
  readonly text: string;
  readonly size: number;
  readonly known: string | null;
  /** As encodeFinding made it. */
  readonly bytes: Uint8Array;
  /** The name of the folder that holds this form; null where none was written yet. */
  readonly folder: string | null;
}

const columns = `kind, signature, id, text, size, known, target, lean, mutant,
  elapsed_seconds AS elapsedSeconds, finding AS bytes, folder`;

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

  /** Those whose folder does not hold the form that is stored, oldest first. */
  unwritten(): FindingTableRow[] {
    return this.rows('WHERE folder IS NULL ORDER BY number');
  }

  /** Counts a finding whose signature is stored. */
  countRepeat(kind: string, signature: Signature): void {
    this.db
      .prepare('UPDATE findings SET times = times + 1 WHERE kind = ? AND signature = ?')
      .run(kind, describeSignature(signature));
  }

  /**
   * Stores a finding so that it outlives the machine, in the place of the one of its signature where there is one: id
   * and time of that stay, and its folder has to be written again.
   */
  put({ finding, bytes, text, size, known, target, lean, mutant, elapsedSeconds }: StoredFinding): void {
    const { verdict, id, worker } = finding;
    const { signature } = verdict;
    this.db.pragma('synchronous = FULL');
    try {
      this.db
        .prepare(
          `INSERT INTO findings (kind, class, signature, id, worker, reason, folder, times, size, known, target, lean, mutant,
             elapsed_seconds, text, finding)
           VALUES (?, ?, ?, ?, ?, ?, NULL, 1, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (kind, signature) DO UPDATE SET times = times + 1, class = excluded.class, worker = excluded.worker,
             reason = excluded.reason, folder = NULL, size = excluded.size, known = excluded.known,
             target = excluded.target, lean = excluded.lean, mutant = excluded.mutant,
             text = excluded.text, finding = excluded.finding`,
        )
        .run(
          ...[
            verdict.kind,
            signature.class,
            describeSignature(signature),
            id,
            worker,
            verdict.reasons[0] ?? '',
          ],
          ...[
            size,
            known ?? null,
            target,
            JSON.stringify(identityOf(lean)),
            mutant ?? null,
            elapsedSeconds,
            text,
            bytes,
          ],
        );
    } finally {
      this.db.pragma('synchronous = NORMAL');
    }
  }

  /** Records under which name a finding's folder was written. */
  setFolder(id: string, folder: string): void {
    this.db.prepare('UPDATE findings SET folder = ? WHERE id = ?').run(folder, id);
  }

  private rows(where: string, ...values: readonly string[]): FindingTableRow[] {
    const rows = this.db.prepare(`SELECT ${columns} FROM findings ${where}`).all(...values);
    return (
      rows as (Omit<FindingTableRow, 'mutant' | 'lean'> & { mutant: string | null; lean: string })[]
    ).map((row) => ({
      ...row,
      mutant: row.mutant ?? undefined,
      lean: parseLean(row.lean),
    }));
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
