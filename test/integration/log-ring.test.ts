import { describe, expect, it } from 'vitest';
import type { NativeLogRing } from '../../src/native/addon.js';
import { Child } from '../support/child.js';
import { numberedEntry, numberOf } from '../support/numbered-entries.js';
import { smallRegion } from '../support/regions.js';

const longest = 900;

/** Reads what is there; the numbers of the entries, each checked byte for byte. */
function drain(log: NativeLogRing): number[] {
  const numbers: number[] = [];
  for (let entry = log.read(); entry !== undefined; entry = log.read())
    numbers.push(numberOf(entry, longest));
  return numbers;
}

/** Lets the event loop turn once, so that messages come in. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? n));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

describe('a broadcast log', () => {
  it('gives a reader that keeps up everything, in order', () => {
    const region = smallRegion();
    const [writer, reader] = [region.corpusLog(0, 'newest'), region.corpusLog(0, 'oldest')];
    const read: number[] = [];
    for (let n = 0; n < 2000; n++) {
      expect(writer.publish(numberedEntry(n, longest))).toBe(true);
      read.push(...drain(reader));
    }
    expect(read).toEqual(range(0, 2000));
    expect(reader.missed).toBe(0);
  });

  it('counts exactly what a lapped reader missed, and goes on with what comes next', () => {
    const region = smallRegion();
    const [writer, reader] = [region.corpusLog(0, 'newest'), region.corpusLog(0, 'oldest')];
    for (let n = 0; n < 1000; n++) writer.publish(numberedEntry(n, longest));
    const read = drain(reader);
    expect(read.length).toBeLessThan(1000);
    for (let n = 1000; n < 1010; n++) writer.publish(numberedEntry(n, longest));
    read.push(...drain(reader));
    expect(read.slice(-10)).toEqual(range(1000, 1010));
    expect(isAscending(read)).toBe(true);
    expect(reader.missed).toBe(1010 - read.length);
  });

  it('starts a reader of the newest behind what was there', () => {
    const region = smallRegion();
    const writer = region.corpusLog(0, 'newest');
    writer.publish(numberedEntry(0, longest));
    const reader = region.corpusLog(0, 'newest');
    expect(reader.read()).toBeUndefined();
    writer.publish(numberedEntry(1, longest));
    expect(drain(reader)).toEqual([1]);
    expect(reader.missed).toBe(0);
  });

  it('keeps the logs of workers apart', () => {
    const region = smallRegion();
    region.corpusLog(0, 'newest').publish(numberedEntry(5, longest));
    expect(region.corpusLog(1, 'oldest').read()).toBeUndefined();
    expect(region.findingsLog(0).read()).toBeUndefined();
  });

  it('never shows a torn entry to a reader in another process, however often it is lapped', async () => {
    const region = smallRegion({ corpusBytes: 4096 });
    const total = 300_000;
    const reader = region.corpusLog(0, 'oldest');
    const child = Child.start('log-writer.js', region, 'corpus', longest, 0, total);
    const read: number[] = [];
    while (!child.hasEnded) {
      read.push(...drain(reader));
      await turn();
    }
    // One more, so that the entries missed last are counted as well.
    region.corpusLog(0, 'newest').publish(numberedEntry(total, longest));
    read.push(...drain(reader));
    expect(read.at(-1)).toBe(total);
    expect(isAscending(read)).toBe(true);
    expect(read.length + reader.missed).toBe(total + 1);
  });

  it('survives writers that are killed at any point: what is read is whole', async () => {
    const region = smallRegion();
    const reader = region.corpusLog(0, 'oldest');
    const read: number[] = [];
    for (let round = 0; round < 6; round++) {
      const child = Child.start('log-writer.js', region, 'corpus', longest, round * 1e9, (round + 1) * 1e9);
      const before = read.length;
      while (read.length < before + 200) {
        read.push(...drain(reader));
        await turn();
      }
      await child.kill();
      read.push(...drain(reader));
    }
    expect(isAscending(read)).toBe(true);
    expect(new Set(read.map((n) => Math.floor(n / 1e9)))).toEqual(new Set(range(0, 6)));
  });
});

describe('a lossless log', () => {
  it('refuses when it is full, changes nothing then, and has room again behind an acknowledgement', () => {
    const region = smallRegion({ findingsBytes: 4096 });
    const [writer, reader] = [region.findingsLog(0), region.findingsLog(0)];
    let published = 0;
    while (writer.publish(numberedEntry(published, longest))) published++;
    expect(published).toBeGreaterThan(3);
    expect(writer.publish(numberedEntry(published, longest))).toBe(false);
    expect(drain(reader)).toEqual(range(0, published));
    expect(writer.publish(numberedEntry(published, longest))).toBe(false);
    reader.acknowledge();
    expect(writer.publish(numberedEntry(published, longest))).toBe(true);
    expect(drain(reader)).toEqual([published]);
    expect(reader.missed).toBe(0);
  });

  it('gives a new reader everything that was not acknowledged', () => {
    const region = smallRegion({ findingsBytes: 4096 });
    const writer = region.findingsLog(0);
    for (let n = 0; n < 3; n++) writer.publish(numberedEntry(n, longest));
    const first = region.findingsLog(0);
    first.read();
    first.acknowledge();
    first.read();
    expect(drain(region.findingsLog(0))).toEqual([1, 2]);
  });

  it('loses nothing between processes, although the writer is faster than the reader', async () => {
    const region = smallRegion({ findingsBytes: 4096 });
    const total = 20_000;
    const reader = region.findingsLog(0);
    const child = Child.start('log-writer.js', region, 'findings', longest, 0, total);
    const read: number[] = [];
    while (read.length < total) {
      read.push(...drain(reader));
      reader.acknowledge();
      await turn();
    }
    expect(read).toEqual(range(0, total));
    expect(reader.missed).toBe(0);
    expect((await child.next<{ refused: number }>()).refused).toBeGreaterThan(0);
  });
});

describe('entries of extreme size', () => {
  it.each(['corpus', 'findings'] as const)(
    '%s: the longest fits at any place, a longer one is a RangeError',
    (name) => {
      const region = smallRegion({ corpusBytes: 4096, findingsBytes: 4096 });
      const open = (): NativeLogRing =>
        name === 'corpus' ? region.corpusLog(0, 'oldest') : region.findingsLog(0);
      const [writer, reader] = [open(), open()];
      for (let i = 0; i < 40; i++) {
        for (const length of [writer.maxPayload, 8 * i, 0]) {
          expect(writer.publish(Buffer.alloc(length, i))).toBe(true);
          expect(reader.read()).toEqual(Buffer.alloc(length, i));
          reader.acknowledge();
        }
      }
      expect(() => writer.publish(new Uint8Array(writer.maxPayload + 1))).toThrow(RangeError);
      expect(() => writer.publish(new Uint8Array(1 << 20))).toThrow(
        /an entry of 1048576 bytes, where at most \d+ fit/,
      );
      expect(reader.read()).toBeUndefined();
    },
  );

  it('what is no bytes is a TypeError', () => {
    const log = smallRegion().corpusLog(0, 'newest');
    expect(() => log.publish('text' as unknown as Uint8Array)).toThrow(TypeError);
    expect(() => log.publish(new Float64Array(3) as unknown as Uint8Array)).toThrow(TypeError);
  });
});
