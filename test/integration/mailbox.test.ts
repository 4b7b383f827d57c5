import { describe, expect, it } from 'vitest';
import type { NativeMailbox } from '../../src/native/addon.js';
import { mailbox as layout, requestHeader } from '../../src/share/layout.js';
import type { SharedRegion } from '../../src/share/region.js';
import { Child } from '../support/child.js';
import { smallRegion } from '../support/regions.js';

const areaBytes = 64 << 10;
/** Bytes of the response area that are kept for the last event. */
const lastBytes = 4096;

/** Takes what the other side says until it is so many bytes. */
async function answerOf(region: SharedRegion, bytes: number): Promise<Buffer> {
  const [mailbox, bell] = [region.mailbox(0), region.mailboxBell(0)];
  const parts: Buffer[] = [];
  for (let length = 0; length < bytes;) {
    const rung = region.load(bell);
    const part = taken(mailbox);
    if (part.length === 0) await region.native.waitAsync(bell, rung, 1000);
    length += part.length;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function taken(mailbox: NativeMailbox): Buffer {
  const into = Buffer.alloc(areaBytes);
  return into.subarray(0, mailbox.takeResponse(into));
}

function asked(mailbox: NativeMailbox): Buffer {
  const into = Buffer.alloc(areaBytes);
  return into.subarray(0, mailbox.takeRequest(into));
}

describe('a mailbox', () => {
  it('carries requests to another process, several at a time, and the answers back', async () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    const child = Child.start('mailbox-echo.js', region);
    await child.next();
    // Together more than the ring is long: it comes round several times.
    const requests = [1, 9, 10, 5000, areaBytes - requestHeader.size, 0, 33, 40_000, 30_000, 20_000].map(
      (length) => Buffer.alloc(length, length & 0xff),
    );
    const whole = Buffer.concat(requests);
    const answer = answerOf(region, whole.length);
    for (const [index, request] of requests.entries())
      while (!mailbox.post(index + 1, request)) await new Promise((resolve) => setImmediate(resolve));
    expect((await answer).equals(whole)).toBe(true);
    expect([mailbox.job, mailbox.phase]).toEqual([requests.length, 7]);
    mailbox.post(requests.length + 1, Buffer.from('end'));
    expect(await child.ended).toBeNull();
  });

  it('keeps what was answered before the other side died, and says what that was at', async () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    mailbox.post(5, Buffer.from('good'));
    mailbox.post(6, Buffer.from('die in the middle of this'));
    mailbox.post(7, Buffer.from('never begun'));
    const child = Child.start('mailbox-echo.js', region);
    expect(await child.ended).toBe('SIGKILL');
    expect(taken(mailbox).toString()).toBe('gooddie in the');
    expect(mailbox.job).toBe(6);
    expect(taken(mailbox)).toHaveLength(0);
  });

  it('keeps requests in their order, and takes no more than it has room for', () => {
    const mailbox = smallRegion().mailbox(0);
    const half = Buffer.alloc(30_000, 1);
    expect(mailbox.waitRequest(1)).toBe(false);
    expect(mailbox.post(1, half)).toBe(true);
    expect(mailbox.post(2, half)).toBe(true);
    expect(mailbox.post(3, half)).toBe(false);
    expect(asked(mailbox).equals(half)).toBe(true);
    expect(mailbox.job).toBe(1);
    expect(mailbox.post(3, Buffer.from('three'))).toBe(true);
    expect(asked(mailbox)).toHaveLength(30_000);
    expect(asked(mailbox).toString()).toBe('three');
    expect(mailbox.job).toBe(3);
    expect(mailbox.waitRequest(1)).toBe(false);
  });

  it('refuses what can never fit, leaving both sides as they were', () => {
    const mailbox = smallRegion().mailbox(0);
    expect(mailbox.requestRoom).toBe(areaBytes - requestHeader.size);
    expect(() => mailbox.post(1, new Uint8Array(mailbox.requestRoom + 1))).toThrow(
      `${mailbox.requestRoom + 1} bytes, where at most ${mailbox.requestRoom} fit`,
    );
    expect(mailbox.waitRequest(1)).toBe(false);
    expect(mailbox.append(new Uint8Array(areaBytes - lastBytes + 1))).toBe(false);
    expect(mailbox.append(new Uint8Array(areaBytes - lastBytes))).toBe(true);
    expect(mailbox.appendLast(new Uint8Array(lastBytes + 1))).toBe(false);
    expect(mailbox.appendLast(new Uint8Array(lastBytes))).toBe(true);
    expect(taken(mailbox)).toHaveLength(areaBytes);
    expect(() => mailbox.takeResponse(new Uint8Array(areaBytes - 1))).toThrow('may come');
    expect(() => mailbox.takeRequest(new Uint8Array(1))).toThrow('may come');
  });

  it('has a writer wait until its answers are taken', async () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    const child = Child.start('mailbox-echo.js', region);
    await child.next();
    const request = Buffer.alloc(50_000, 3);
    for (const job of [1, 2, 3]) {
      while (!mailbox.post(job, request)) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await answerOf(region, 150_000)).toHaveLength(150_000);
  });

  it('notices a request that was damaged, and begins no job with it', () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    mailbox.post(1, Buffer.from('request'));
    const start = region.mailboxBell(0) - layout.bell + layout.size;
    for (const offset of [requestHeader.size, requestHeader.length, requestHeader.checksum]) {
      const before = region.load(start + offset);
      region.store(start + offset, before ^ 0x7fffffff);
      expect(() => asked(mailbox)).toThrow('the request in the mailbox is damaged');
      region.store(start + offset, before);
    }
    expect(mailbox.job).toBe(0);
    expect(asked(mailbox).toString()).toBe('request');
  });

  it('bounds what is read where positions were damaged', () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    const start = region.mailboxBell(0) - layout.bell;
    region.store(start + layout.response_written, 0xffffffff);
    expect(taken(mailbox)).toHaveLength(areaBytes);
    region.store(start + layout.request_written, 0xffffffff);
    expect(() => asked(mailbox)).toThrow('damaged');
    expect(mailbox.post(1, Buffer.from('x'))).toBe(false);
  });

  it('says when an executor has done enough', () => {
    const mailbox = smallRegion().mailbox(0);
    mailbox.limit(3, 1000);
    expect([mailbox.isSpent(2, 1000), mailbox.isSpent(3, 0), mailbox.isSpent(0, 1001)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('does not mix up the mailboxes of two workers', () => {
    const region = smallRegion();
    region.mailbox(0).post(1, Buffer.from('for 0'));
    expect(region.mailbox(1).waitRequest(1)).toBe(false);
    expect(region.mailbox(0).waitRequest(1)).toBe(true);
  });
});
