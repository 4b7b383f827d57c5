/** Numbers above the first gap that are remembered: files may appear out of order, but not for ever. */
const maxAhead = 4096;

/**
 * How far a folder of numbered files was read: all below `next`, and some above it. A number that is missing while many
 * behind it are there was lost on its way, and is not waited for any more.
 */
export class QueueCursor {
  private constructor(
    private next: number,
    private readonly ahead: Set<number>,
  ) {}

  /** One that was kept; the beginning where it is none. */
  static of(text: string | undefined): QueueCursor {
    const [next = 0, ...ahead] = (text ?? '').split(' ').map(Number);
    const isCursor = [next, ...ahead].every((number) => Number.isSafeInteger(number) && number >= 0);
    return isCursor ? new QueueCursor(next, new Set(ahead)) : new QueueCursor(0, new Set());
  }

  isRead(number: number): boolean {
    return number < this.next || this.ahead.has(number);
  }

  read(number: number): void {
    if (this.isRead(number)) return;
    this.ahead.add(number);
    if (this.ahead.size > maxAhead) this.next = Math.min(...this.ahead);
    while (this.ahead.delete(this.next)) this.next++;
  }

  toString(): string {
    return [this.next, ...this.ahead].join(' ');
  }
}
