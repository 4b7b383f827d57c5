/**
 * Compares a release of Lean with others: whether it is one, given by its numbers, or a later one. Undefined for a
 * version that names no release.
 */
export function atLeastRelease(version: string): ((...than: number[]) => boolean) | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  return (...than) => {
    const at = parts.findIndex((part, i) => part !== than[i]);
    return at < 0 || (parts[at] ?? 0) > (than[at] ?? 0);
  };
}
