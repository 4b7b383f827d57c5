import { describe, expect, it } from 'vitest';
import { mailbox as layout } from '../../src/share/layout.js';
import type { SharedRegion } from '../../src/share/region.js';
import { Child } from '../support/child.js';
import { smallRegion } from '../support/regions.js';

async function answer(region: SharedRegion): Promise<void> {
  const [mailbox, bell] = [region.mailbox(0), region.mailboxBell(0)];
  for (let rung = region.load(bell); !mailbox.answered; rung = region.load(bell))
    await region.native.waitAsync(bell, rung, 1000);
}

describe('a mailbox', () => {
  it('carries requests to another process and the answers back', async () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    const child = Child.start('mailbox-echo.js', region);
    await child.next();
    for (const length of [1, 9, 10, 5000, 65536, 0, 33]) {
      const request = Buffer.alloc(length, length & 0xff);
      mailbox.post(request);
      await answer(region);
      expect(mailbox.response().equals(request)).toBe(true);
      expect([mailbox.progress, mailbox.phase]).toEqual([length, 7]);
    }
    mailbox.post(Buffer.from('end'));
    expect(await child.ended).toBeNull();
  });

  it('keeps what was answered before the other side died', async () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    const child = Child.start('mailbox-echo.js', region);
    await child.next();
    mailbox.post(Buffer.from('die in the middle of this'));
    expect(await child.ended).toBe('SIGKILL');
    expect(mailbox.answered).toBe(false);
    expect(mailbox.response().toString()).toBe('die in the');
    mailbox.abandon();
    const successor = Child.start('mailbox-echo.js', region);
    await successor.next();
    mailbox.post(Buffer.from('end'));
    await answer(region);
    expect(mailbox.response().toString()).toBe('end');
  });

  it('takes one request at a time', () => {
    const mailbox = smallRegion().mailbox(0);
    expect(mailbox.answered).toBe(true);
    mailbox.post(Buffer.from('one'));
    expect(() => mailbox.post(Buffer.from('two'))).toThrow('still has an open request');
    expect(mailbox.request().toString()).toBe('one');
    mailbox.finish();
    mailbox.post(Buffer.from('two'));
  });

  it('refuses a request that is too long, and an answer that has no room, leaving both sides as they were', () => {
    const mailbox = smallRegion().mailbox(0);
    expect(() => mailbox.post(new Uint8Array(65537))).toThrow(/65537 bytes, where at most 65536 fit/);
    expect(mailbox.answered).toBe(true);
    mailbox.post(Buffer.from('x'));
    expect(mailbox.append(new Uint8Array(65530))).toBe(true);
    expect(mailbox.append(new Uint8Array(7))).toBe(false);
    expect(mailbox.append(new Uint8Array(6))).toBe(true);
    expect(mailbox.response()).toHaveLength(65536);
  });

  it('notices a request that was damaged', () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    mailbox.post(Buffer.from('request'));
    const start = region.mailboxBell(0) - layout.bell;
    const firstByte = start + layout.size;
    region.store(firstByte, region.load(firstByte) ^ 1);
    expect(() => mailbox.request()).toThrow('the request in the mailbox is damaged');
    region.store(start + layout.request_length, 0xfffffff);
    expect(() => mailbox.request()).toThrow('damaged');
  });

  it('bounds an answer whose length was damaged', () => {
    const region = smallRegion();
    const mailbox = region.mailbox(0);
    region.store(region.mailboxBell(0) - layout.bell + layout.response_length, 0xffffffff);
    expect(mailbox.response()).toHaveLength(65536);
  });

  it('does not mix up the mailboxes of two workers', () => {
    const region = smallRegion();
    region.mailbox(0).post(Buffer.from('for 0'));
    expect(region.mailbox(1).answered).toBe(true);
    expect(region.mailbox(1).waitRequest(1)).toBe(false);
    expect(region.mailbox(0).waitRequest(1)).toBe(true);
  });
});
