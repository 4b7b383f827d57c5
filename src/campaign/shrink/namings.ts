import type { Finding } from '../../api/entries.js';
import { describeSignature } from '../../api/signature.js';

type Kind = Finding['verdict']['kind'];

/**
 * The findings that a worker is to name, in the order in which they were found: one lead at a time, and beside it one
 * proof of False, which does not wait for leads. Of those that were found under one provisional signature the first two are named, and then ever fewer: most
 * have one cause, but not all need to.
 */
export class Namings {
  private readonly times = new Map<string, number>();
  private readonly waiting: Finding[] = [];
  private readonly busy = new Set<Kind>();

  /** Takes a finding in, where it is worth being named. */
  add(finding: Finding): void {
    const { kind, signature } = finding.verdict;
    const key = `${kind} ${describeSignature(signature)}`;
    const times = (this.times.get(key) ?? 0) + 1;
    this.times.set(key, times);
    if (Number.isInteger(Math.log2(times))) this.waiting.push(finding);
  }

  /** The next of a kind, unless one of that kind is being named; `done` has to follow. */
  next(kind: Kind): Finding | undefined {
    const at = this.busy.has(kind) ? -1 : this.waiting.findIndex(({ verdict }) => verdict.kind === kind);
    if (at < 0) return undefined;
    this.busy.add(kind);
    return this.waiting.splice(at, 1)[0];
  }

  done(kind: Kind): void {
    this.busy.delete(kind);
  }
}
