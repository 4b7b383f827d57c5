/**
 * Entries that prove themselves: entry n of a writer has a length and contents that follow from n, so that a
 * reader sees at once whether what it got is one whole entry. The child scripts make the same ones.
 */
export function numberedEntry(n: number, longest: number): Uint8Array {
  const length = 8 + ((n * 7919) % (longest - 8));
  const entry = Buffer.alloc(length, n & 0xff);
  entry.writeDoubleLE(n);
  return entry;
}

/** The number of an entry; an Error where it is not exactly what the writer wrote. */
export function numberOf(entry: Uint8Array, longest: number): number {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  const n = bytes.readDoubleLE();
  if (!bytes.equals(numberedEntry(n, longest))) throw new Error(`torn entry, said to be number ${n}`);
  return n;
}
