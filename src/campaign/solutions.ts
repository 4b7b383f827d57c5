interface Solution {
  folder: string;
  /** Whether the folder has been written. */
  written: boolean;
  known: boolean;
  /** How many were found before it. */
  number: number;
}

/** The solutions that were found in this run of a campaign, by their ids. */
export class Solutions {
  private readonly found = new Map<string, Solution>();
  /** How many were found so far. */
  count = 0;

  add(id: string, folder: string, known: boolean): void {
    this.found.set(id, { folder, written: false, known, number: this.count++ });
  }

  /** A solution's folder has been written; false where that is not of this run. */
  written(id: string, folder: string): boolean {
    const solution = this.found.get(id);
    if (solution === undefined) return false;
    Object.assign(solution, { folder, written: true });
    return true;
  }

  /**
   * Folders of those that were found when there were `since` already; of known or unknown signatures only where that
   * is said.
   */
  folders(since = 0, known?: boolean): string[] {
    return [...this.found.values()]
      .filter((solution) => solution.number >= since && (known ?? solution.known) === solution.known)
      .map(({ folder }) => folder);
  }

  /** Those whose folder could not be written: they can be replayed from the campaign. */
  unwritten(since = 0): { id: string; folder: string }[] {
    return [...this.found]
      .filter(([, { number, written }]) => number >= since && !written)
      .map(([id, { folder }]) => ({ id, folder }));
  }
}
