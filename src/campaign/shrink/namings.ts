import type { Finding } from '../../api/entries.js';
import { describeSignature } from '../../api/signature.js';

/**
 * The findings that a worker is to name, one at a time, proofs of False first, and else in the order in which they were
 * found. Of those that were found under one provisional signature the first two are named, and then ever fewer: most
 * have one cause, but not all need to.
 */
export class Namings {
  private readonly times = new Map<string, number>();
  private readonly waiting: Finding[] = [];
  private isBusy = false;

  /** Takes a finding in, where it is worth being named. */
  add(finding: Finding): void {
    const { kind, signature } = finding.verdict;
    const key = `${kind} ${describeSignature(signature)}`;
    const times = (this.times.get(key) ?? 0) + 1;
    this.times.set(key, times);
    if (Number.isInteger(Math.log2(times))) this.waiting.push(finding);
  }

  /** The next finding, unless one is being named; `done` has to follow. */
  next(): Finding | undefined {
    if (this.isBusy) return undefined;
    const proof = this.waiting.findIndex(({ verdict }) => verdict.kind === 'solution');
    const [finding] = this.waiting.splice(Math.max(0, proof), 1);
    if (finding !== undefined) this.isBusy = true;
    return finding;
  }

  done(): void {
    this.isBusy = false;
  }
}
