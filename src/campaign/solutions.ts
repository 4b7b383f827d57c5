interface Solution {
  known: boolean;
  /** How many were found before it. */
  number: number;
}

/** The solutions that were found in this run of a campaign, by their folders. */
export class Solutions {
  private readonly found = new Map<string, Solution>();
  /** How many were found so far. */
  count = 0;

  add(folder: string, known: boolean): void {
    this.found.set(folder, { known, number: this.count++ });
  }

  /** A smaller one of the same signature took a solution's place; false where that is not of this run. */
  replace(formerFolder: string, folder: string): boolean {
    const former = this.found.get(formerFolder);
    if (former === undefined) return false;
    this.found.delete(formerFolder);
    this.found.set(folder, former);
    return true;
  }

  /** Folders of those that were found when there were `since` already; of known or unknown signatures only where that is said. */
  folders(since = 0, known?: boolean): string[] {
    return [...this.found]
      .filter(([, solution]) => solution.number >= since && (known ?? solution.known) === solution.known)
      .map(([folder]) => folder);
  }
}
