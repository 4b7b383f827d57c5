import type { Yield } from '../api/yields.js';

/** Sums of yields, by level, kind and name. */
export class YieldTable {
  private readonly rows = new Map<string, Yield>();

  add(more: Yield): void {
    const key = `${more.level} ${more.kind} ${more.name}`;
    const row = this.rows.get(key);
    this.rows.set(
      key,
      row === undefined
        ? more
        : {
            ...row,
            candidates: row.candidates + more.candidates,
            newFeatures: row.newFeatures + more.newFeatures,
            interesting: row.interesting + more.interesting,
            leads: row.leads + more.leads,
            solutions: row.solutions + more.solutions,
          },
    );
  }

  /** All rows, those that found most first. */
  all(): Yield[] {
    return [...this.rows.values()].sort(
      (a, b) => b.newFeatures - a.newFeatures || (a.name < b.name ? -1 : 1),
    );
  }

  /** The first `count` rows of each level and kind. */
  best(count: number): Yield[] {
    const seen = new Map<string, number>();
    return this.all().filter(({ level, kind }) => {
      const before = seen.get(`${level} ${kind}`) ?? 0;
      seen.set(`${level} ${kind}`, before + 1);
      return before < count;
    });
  }

  /** All rows, which are forgotten. */
  take(): Yield[] {
    const rows = this.all();
    this.rows.clear();
    return rows;
  }
}
