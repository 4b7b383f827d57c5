import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeLean } from '../../src/api/lean.js';
import { header, mailbox, workerSlot } from '../../src/share/layout.js';
import { Random } from '../../src/util/random.js';
import { Running } from '../support/campaign.js';
import { LiveRegion } from '../support/live-region.js';
import { nativeLean } from '../support/native-lean.js';
import { eventually, survivors } from '../support/processes.js';
import { smallRegion } from '../support/regions.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const native = await nativeLean('a campaign whose memory holds garbage');

describe('logs and rings whose words hold garbage', () => {
  it.each([1, 2, 3])('neither hang, nor read outside, nor count what can not be (seed %i)', (seed) => {
    const random = Random.of(seed);
    const region = smallRegion();
    const writers = [region.corpusLog(0, 'newest'), region.findingsLog(0)] as const;
    const readers = [region.corpusLog(0, 'oldest'), region.findingsLog(0)] as const;
    const ring = region.workRing();
    const mailboxes = [region.mailbox(0), region.mailbox(1)];
    const into = new Uint8Array(region.responseBytes);
    const end = region.mailboxBell(1) - mailbox.bell + mailbox.size;
    let read = 0;
    for (let round = 0; round < 20_000; round++) {
      // Mostly among the words that steer; elsewhere, too.
      const offset = random.below(3) === 0 ? random.below(end >> 2) * 4 : random.below(1 << 14) * 4;
      region.store(
        offset,
        random.below(2) === 0 ? random.uint32() : region.load(offset) ^ (1 << random.below(32)),
      );
      for (const writer of writers) writer.publish(Buffer.alloc(random.below(2000), round));
      for (const reader of readers) {
        for (let left = 100; left > 0 && reader.read() !== undefined; left--) read++;
        expect(reader.missed).toBeLessThan(1e7);
      }
      readers[1].acknowledge();
      ring.heal(3);
      ring.push(2, Buffer.alloc(random.below(400), round));
      const work = ring.claim(0);
      if (work !== undefined) {
        expect(work.payload.length).toBeLessThanOrEqual(492);
        ring.finish(0, work.index);
      }
      for (const box of mailboxes) {
        expect(box.takeResponse(into)).toBeLessThanOrEqual(into.length);
        box.post(round + 1, Buffer.alloc(random.below(200)));
      }
      region.native.observe(Uint32Array.of(random.uint32()), new Uint32Array(1));
      expect([region.workerCount, region.blocks.count]).toEqual([2, 0]);
    }
    expect(read).toBeGreaterThan(10_000);
  });
});

describe.skipIf(native === undefined)('a campaign whose memory holds garbage', () => {
  const real = native as NativeLean;

  it.each([11, 12])('goes on or ends with one line (seed %i)', async (seed) => {
    const folder = join(temporaryFolder(), 'c');
    const running = new Running([
      ...['--json', '--cores', '1', '--seed', '7', '--level', 'kernel', '--lean', real.root, '--time', '60s'],
      ...['--campaign', folder, '--solutions', join(folder, 's'), '--minimize-time', '0s'],
    ]);
    await eventually('it runs', () => running.hasEnded || (running.status?.tests ?? 0) > 0);
    const region = new LiveRegion(running.pid);
    const random = Random.of(seed);
    const [slots, log, box] = [header.slots_at, header.work_at, header.mailboxes_at].map((at) =>
      region.word(at),
    );
    const places = [0, slots ?? 0, log ?? 0, box ?? 0];
    const sizes = [workerSlot.size, workerSlot.size * 2, 1 << 17, mailbox.size + (1 << 12)];
    for (let spoilt = 0; spoilt < 400 && !running.hasEnded; spoilt++) {
      const where = random.below(places.length);
      region.spoil((places[where] ?? 0) + random.below((sizes[where] ?? 4) >> 2) * 4, random);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    region.close();
    const family = [running.pid, ...running.family().all];
    const before = running.status?.elapsedSeconds ?? 0;
    await eventually(
      'it goes on, or has ended',
      () => running.hasEnded || (running.status?.elapsedSeconds ?? 0) > before + 2,
    );
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.signal).toBeNull();
    expect([0, 77, 78]).toContain(ended.code);
    expect(ended.stderr).toMatch(/^(lean-fuzz: [^\n]*\n)?$/);
    expect(ended.stderr + ended.stdout).not.toMatch(/SIGSEGV|SIGFPE|SIGBUS|unexpected error/);
    const { tests, candidates, declarations, restarts, dropped } = running.status ?? {};
    for (const count of [tests, candidates, declarations, restarts, dropped]) expect(count).toBeLessThan(2e9);
    expect(await survivors(family)).toEqual([]);
  });
});
