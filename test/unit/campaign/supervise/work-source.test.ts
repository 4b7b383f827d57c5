import { describe, expect, it } from 'vitest';
import { decodeTicket, type Ticket } from '../../../../src/campaign/work.js';
import { WorkSource } from '../../../../src/campaign/supervise/work-source.js';
import type { ClaimedWork, NativeWorkRing } from '../../../../src/native/addon.js';

/** A work ring of one process, with as many items as it is given. */
class FakeRing implements NativeWorkRing {
  readonly ready: Uint8Array[] = [];
  taken = 0;

  constructor(private readonly capacity: number) {}

  push(_owner: number, payload: Uint8Array): boolean {
    if (this.ready.length + this.taken >= this.capacity) return false;
    this.ready.push(Buffer.from(payload));
    return true;
  }
  /** Takes the oldest ticket. */
  take(): Ticket {
    const payload = this.ready.shift();
    if (payload === undefined) throw new Error('nothing is ready');
    this.taken++;
    return decodeTicket(payload);
  }
  finish(): boolean {
    this.taken--;
    return true;
  }
  count(): { free: number; ready: number; taken: number } {
    const { length: ready } = this.ready;
    return { free: this.capacity - ready - this.taken, ready, taken: this.taken };
  }
  heal(): number {
    return 0;
  }
  claim(): ClaimedWork | undefined {
    throw new Error('not used');
  }
  setProgress(): void {
    throw new Error('not used');
  }
  reopen(): number {
    throw new Error('not used');
  }
}

/** Works everything off; returns the runs in the order in which they were handed out. */
function workOff(source: WorkSource, ring: FakeRing): number[] {
  const runs: number[] = [];
  for (source.fill(); ring.ready.length > 0; source.fill()) {
    const { firstRun, count } = ring.take();
    for (let i = 0; i < count; i++) runs.push(firstRun + i);
    ring.finish();
  }
  return runs;
}

describe('WorkSource', () => {
  it.each([1, 4, 5, 103])('hands out each of %i runs exactly once, in order', (runs) => {
    const ring = new FakeRing(256);
    const source = new WorkSource(ring, 255, () => 2, 10, runs, 4);
    expect(workOff(source, ring)).toEqual(Array.from({ length: runs }, (_, i) => 10 + i));
    expect(source.exhausted).toBe(true);
    expect(source.next).toBe(10 + runs);
  });

  it('hands out no more where others have made what was left', () => {
    const ring = new FakeRing(256);
    const source = new WorkSource(ring, 255, () => 1, 10, 100, 4);
    source.fill();
    const handed = source.next - 10;
    source.limitTo(handed + 3);
    expect(workOff(source, ring)).toHaveLength(handed + 3);
    source.limitTo(2);
    expect([workOff(source, ring), source.exhausted]).toEqual([[], true]);
  });

  it('loses no run where the ring is full', () => {
    const ring = new FakeRing(3);
    const source = new WorkSource(ring, 255, () => 8, 0, 100, 4);
    expect(workOff(source, ring)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('keeps a few tickets ready per worker and not more, with no limit of runs', () => {
    const ring = new FakeRing(256);
    const source = new WorkSource(ring, 255, () => 2, 0, Infinity, 4);
    source.fill();
    const { length } = ring.ready;
    expect(length).toBeGreaterThanOrEqual(2);
    source.fill();
    expect(ring.ready).toHaveLength(length);
    expect(source.exhausted).toBe(false);
  });

  it('is not exhausted while somebody works on the last ticket', () => {
    const ring = new FakeRing(256);
    const source = new WorkSource(ring, 255, () => 1, 0, 2, 4);
    source.fill();
    ring.take();
    expect(source.exhausted).toBe(false);
    ring.finish();
    expect(source.exhausted).toBe(true);
  });
});
