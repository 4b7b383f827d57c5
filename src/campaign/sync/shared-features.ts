/** As many as the campaign's own map has, see RegionSizes. */
const bits = 20;

/** Features or blocks that are known to be with the others. A mark that two share may hide one: rare, and no loss. */
export class SharedFeatures {
  private readonly marks = new Uint8Array(1 << (bits - 3));

  has(feature: number): boolean {
    const at = feature & ((1 << bits) - 1);
    return ((this.marks[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }

  add(features: Iterable<number>): void {
    for (const feature of features) {
      const at = feature & ((1 << bits) - 1);
      this.marks[at >> 3] = (this.marks[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }

  clear(): void {
    this.marks.fill(0);
  }
}
