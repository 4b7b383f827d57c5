import Database from 'better-sqlite3';
import { join } from 'node:path';

/** Entries and findings of a campaign that has run. */
export class Recorded {
  private constructor(
    private readonly entries: readonly Uint8Array[],
    private readonly findings: readonly Uint8Array[],
  ) {}

  static of(folder: string): Recorded {
    const database = new Database(join(folder, 'campaign.sqlite'), { readonly: true });
    try {
      const all = (of: string): Uint8Array[] => database.prepare(of).pluck().all() as Uint8Array[];
      return new Recorded(
        all('SELECT entry FROM corpus ORDER BY number').filter(({ length }) => length >= 16),
        all('SELECT finding FROM findings ORDER BY number').filter(({ length }) => length >= 16),
      );
    } finally {
      database.close();
    }
  }

  get counts(): { entries: number; findings: number; meanBytes: number } {
    const bytes = this.entries.reduce((sum, { length }) => sum + length, 0);
    return {
      entries: this.entries.length,
      findings: this.findings.length,
      meanBytes: bytes / this.entries.length,
    };
  }

  /** One of them, over and over. */
  entry(number: number): Uint8Array {
    return this.entries[number % this.entries.length] ?? new Uint8Array(16);
  }

  /** The same; 8 KiB of nothing where the campaign has found nothing. */
  finding(number: number): Uint8Array {
    return this.findings[number % Math.max(1, this.findings.length)] ?? new Uint8Array(8192);
  }
}
