import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { encodeFinding } from '../../../../src/share/entry-codec.js';
import { loadFinding } from '../../../../src/store/load-finding.js';
import { finding } from '../../../support/fakes.js';
import { campaignForSync, loopOf, machineReport, MemoryPlace, realEntry } from '../../../support/sync.js';

const never = new AbortController().signal;
const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 10_000, interval: 5 });

describe('two machines', () => {
  it('share what each has found, and every worker hears of the entries of the other', async () => {
    const place = new MemoryPlace();
    const [one, other] = [campaignForSync(), campaignForSync()];
    one.keep(realEntry('def a := 1', [1, 2]));
    one.keep(realEntry('def b := 1', [2]));
    other.keep(realEntry('def c := 1', [7]));
    one.collector.takeFinding(encodeFinding(finding()));
    const [first, second] = [loopOf(place.transport(), one), loopOf(place.transport(), other)];
    first.start();
    await until(() => expect(place.findings).toHaveLength(1));
    second.start();
    await until(() => expect([one.database.countEntries(), other.database.countEntries()]).toEqual([3, 2]));
    // What another entry has shown is not sent again; and what came from a machine is not sent back to it.
    expect(place.entries).toHaveLength(2);
    expect([one.heard.spread, other.heard.spread]).toEqual([1, 1]);
    await until(() => expect(other.database.findings.countSolutionsOfOthers()).toBe(1));
    await Promise.all([first.finish(never), second.finish(never)]);
    expect([...place.reports.values()].map(({ state }) => state)).toEqual(['ended', 'ended']);
    expect([one.heard.notices, other.heard.notices]).toEqual([[], []]);
  });

  it('the one that began writes the findings of all into its folders, marked with their machine', async () => {
    const place = new MemoryPlace();
    const [one, other] = [campaignForSync(), campaignForSync()];
    const first = loopOf(place.transport(), one);
    first.start();
    await until(() => expect(place.began).not.toBe(''));
    other.collector.takeFinding(encodeFinding(finding()));
    const second = loopOf(place.transport(), other);
    second.start();
    await until(() => expect(existsSync(join(one.folder, 's'))).toBe(true));
    const folder = join(one.folder, 's', readdirSync(join(one.folder, 's'))[0] ?? '');
    expect(loadFinding(folder).file).toMatchObject({
      machine: expect.stringMatching(/-[0-9a-f]{8}$/) as string,
      id: other.heard.findings[0],
    });
    // Nothing of another machine's finding counts as found here: that is its word alone.
    expect([one.heard.findings, one.database.countSignatures().newSolutions]).toEqual([[], 0]);
    await Promise.all([first.finish(never), second.finish(never)]);
  });

  it('take or give only, where that is asked for', async () => {
    const place = new MemoryPlace();
    const [one, other] = [campaignForSync(), campaignForSync()];
    one.keep(realEntry('def a := 1', [1]));
    other.keep(realEntry('def c := 1', [7]));
    const first = loopOf(place.transport(), one, { direction: 'up' });
    const second = loopOf(place.transport(), other, { direction: 'down' });
    first.start();
    second.start();
    await until(() => expect(other.database.countEntries()).toBe(2));
    await Promise.all([first.finish(never), second.finish(never)]);
    expect([one.database.countEntries(), place.entries.length]).toEqual([1, 1]);
  });

  it('of one name: the one that sees the other takes a new name and other numbers', async () => {
    const place = new MemoryPlace();
    const [one, copy] = [campaignForSync(), campaignForSync()];
    const identity = { machine: 'twin-00000000', number: 9 };
    const first = loopOf(place.transport(), one, {}, identity);
    first.start();
    await until(() => expect(place.reports.size).toBe(1));
    const second = loopOf(place.transport(), copy, {}, identity);
    second.start();
    await until(() => expect(place.reports.size).toBe(2));
    expect(copy.heard.numbers).toEqual([expect.any(Number) as number]);
    expect(copy.heard.notices).toEqual([
      expect.stringMatching(/another machine is called twin-00000000; this one is .* from now on/),
    ]);
    expect(one.heard.notices).toEqual([]);
  });
});

describe('a machine whose place can not be used', () => {
  it('says so once, goes on alone, and catches up', async () => {
    const place = new MemoryPlace();
    const one = campaignForSync();
    place.trouble = 'expected an engine at far:1, connection refused';
    const loop = loopOf(place.transport(), one);
    one.keep(realEntry('def a := 1', [1]));
    loop.start();
    await until(() => expect(one.heard.notices).toHaveLength(1));
    one.keep(realEntry('def b := 1', [2]));
    one.collector.takeFinding(encodeFinding(finding()));
    expect(loop.counts.isAway).toBe(true);
    place.trouble = undefined;
    await until(() => expect([place.entries.length, place.findings.length]).toEqual([2, 1]));
    await until(() => expect(one.heard.notices).toHaveLength(2));
    expect(one.heard.notices).toEqual([
      'memory: expected an engine at far:1, connection refused; this machine goes on alone, and tries again now and then',
      'memory: reached again; catching up',
    ]);
    await loop.finish(never);
  });

  it('says at its end what is not shared yet, and shares it when it goes on', async () => {
    const place = new MemoryPlace();
    const one = campaignForSync();
    const loop = loopOf(place.transport(), one);
    place.trouble = 'gone';
    loop.start();
    await until(() => expect(one.heard.notices).toHaveLength(1));
    one.collector.takeFinding(encodeFinding(finding()));
    await loop.finish(never);
    expect(one.heard.notices[1]).toMatch(/^memory: 1 findings are not shared yet; they are kept/);
    place.trouble = undefined;
    const again = loopOf(place.transport(), one);
    again.start();
    await until(() => expect(place.findings).toHaveLength(1));
    await again.finish(never);
  });

  it('gives everything again to a place that was emptied', async () => {
    const place = new MemoryPlace();
    const one = campaignForSync();
    one.keep(realEntry('def a := 1', [1]));
    one.collector.takeFinding(encodeFinding(finding()));
    const loop = loopOf(place.transport(), one);
    loop.start();
    await until(() => expect([place.entries.length, place.findings.length]).toEqual([1, 1]));
    place.empty();
    place.trouble = 'gone for a moment';
    await until(() => expect(loop.counts.isAway).toBe(true));
    place.trouble = undefined;
    await until(() => expect([place.entries.length, place.findings.length]).toEqual([1, 1]));
    await loop.finish(never);
  });

  it('never reads more than the bandwidth allows, but for the first entry', async () => {
    const place = new MemoryPlace();
    const one = campaignForSync();
    for (let n = 0; n < 20; n++) one.keep(realEntry(`def a := ${n}`, [n]));
    const loop = loopOf(place.transport(), one, { bytesPerSecond: 300, intervalMillis: 1 });
    loop.start();
    await until(() => expect(place.entries.length).toBeGreaterThan(0));
    expect(place.entries.length).toBeLessThan(10);
    expect(Math.max(...place.asked)).toBeLessThanOrEqual(1200);
    await loop.finish(never);
  });
});

it('counts the others and what they have found', async () => {
  const place = new MemoryPlace();
  const one = campaignForSync();
  place.reports.set('other-1', machineReport());
  place.reports.set('other-2', machineReport({ machine: 'other-2', state: 'ended', leads: 2, solutions: 1 }));
  const loop = loopOf(place.transport(), one);
  loop.start();
  await until(() =>
    expect(loop.counts).toEqual({ others: 1, testsPerMinute: 600, leads: 3, solutions: 1, isAway: false }),
  );
  expect(JSON.parse(one.database.getValue('machines') ?? '[]')).toHaveLength(3);
  await loop.finish(never);
});
