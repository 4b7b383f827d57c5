import type { FindingTable, FindingTableRow } from '../../store/finding-table.js';
import { isReducible } from '../shrink/name-finding.js';
import { readFinding } from './finding-store.js';

/**
 * The findings that are left to be made smaller when a campaign ends. Workers ask for one after the other, until
 * there is none left, or no time.
 */
export class Rest {
  private readonly rows: readonly FindingTableRow[];
  private readonly until: number;
  private given = 0;

  constructor(
    findings: FindingTable,
    millis: number,
    private readonly notice: (text: string) => void,
  ) {
    const isLeft = (row: FindingTableRow): boolean => {
      const verdict = readFinding(row)?.verdict;
      return verdict !== undefined && isReducible(verdict);
    };
    this.rows = millis === 0 ? [] : findings.reducible().filter(isLeft);
    this.until = performance.now() + millis;
    if (this.rows.length > 0)
      notice(
        `making ${this.rows.length === 1 ? '1 finding' : `${this.rows.length} findings`} smaller, for ${Math.ceil(millis / 1000)} s at most`,
      );
  }

  /** Hands out no more. */
  leave(): void {
    this.given = this.rows.length;
  }

  /** The next finding and the milliseconds that are left for it; undefined where there is neither. */
  next(): { readonly bytes: Uint8Array; readonly millis: number } | undefined {
    const millis = this.until - performance.now();
    const row = millis > 0 ? this.rows[this.given] : undefined;
    if (row === undefined) return undefined;
    this.given++;
    this.notice(`making finding ${this.given} of ${this.rows.length} smaller: ${row.kind} ${row.id}`);
    return { bytes: row.bytes, millis };
  }
}
