/** Files, folders and parts of files that an import leaves out, counted by kind: one line for each kind. */
export class Skipped {
  private readonly kinds = new Map<string, { count: number; first: string }>();

  /** Counts one more of a kind; the first of each is named, and why. */
  add(kind: string, name: string, why?: string): void {
    const before = this.kinds.get(kind);
    if (before !== undefined) before.count++;
    else this.kinds.set(kind, { count: 1, first: why === undefined ? name : `${name}: ${why}` });
  }

  get lines(): string[] {
    return [...this.kinds].map(
      ([kind, { count, first }]) =>
        `${counted(count, kind)} left out, ${count === 1 ? '' : 'first '}${first}`,
    );
  }
}

/** So many of a kind that is named in the plural: `1 file of other kinds`. */
export function counted(count: number, kind: string): string {
  if (count !== 1) return `${count} ${kind}`;
  return `1 ${kind.replace(/^(.*?)(ies|s)\b/, (_, stem: string, end: string) => stem + (end === 'ies' ? 'y' : ''))}`;
}
