import type { Answer } from '../../api/answer.js';
import type { VerdictRow } from '../../api/opinion.js';

/** How often each kind of declaration got each answer from each who was asked. */
export class VerdictTable {
  private readonly rows = new Map<string, VerdictRow>();

  count(declaration: string, by: string, answer: Answer['kind'], times = 1): void {
    this.add({ declaration, by, accepts: 0, refuses: 0, noAnswer: 0, [answer]: times });
  }

  add(row: VerdictRow): void {
    const key = JSON.stringify([row.declaration, row.by]);
    const before = this.rows.get(key);
    this.rows.set(
      key,
      before === undefined
        ? row
        : {
            ...row,
            accepts: before.accepts + row.accepts,
            refuses: before.refuses + row.refuses,
            noAnswer: before.noAnswer + row.noAnswer,
          },
    );
  }

  /** By kind of declaration; of one kind in the order in which they first answered. */
  all(): VerdictRow[] {
    return [...this.rows.values()].sort((a, b) =>
      a.declaration < b.declaration ? -1 : a.declaration > b.declaration ? 1 : 0,
    );
  }

  /** The same, and begins anew. */
  takeAll(): VerdictRow[] {
    const all = this.all();
    this.rows.clear();
    return all;
  }
}
