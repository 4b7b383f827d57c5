import { malformed } from './problem.js';

/** Things by number, each defined once and before it is used. Mostly without gaps, which costs least. */
export class IndexedTable<T> {
  private readonly dense: T[] = [];
  private readonly sparse = new Map<number, T>();

  constructor(private readonly what: string) {}

  set(index: number, value: T): void {
    if (this.find(index) !== undefined) throw malformed(`${this.what} ${index} is defined twice`);
    if (index === this.dense.length) this.dense.push(value);
    else this.sparse.set(index, value);
  }

  get(index: number): T {
    const value = this.find(index);
    if (value === undefined) throw malformed(`${this.what} ${index} is used, but not defined before`);
    return value;
  }

  private find(index: number): T | undefined {
    return this.dense[index] ?? this.sparse.get(index);
  }
}
