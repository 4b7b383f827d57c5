import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { encodeFinding } from '../../../../src/share/entry-codec.js';
import { loadFinding } from '../../../../src/store/load-finding.js';
import { finding, signature } from '../../../support/fakes.js';
import { campaignForSync, loopOf, machineReport, MemoryPlace, realEntry } from '../../../support/sync.js';

const never = new AbortController().signal;
const odd = signature({
  ...{ class: 'failure', rule: { kind: 'ends', how: 'crashed', says: 'odd' }, place: { kind: 'anywhere' } },
});
const lead = { kind: 'lead', reasons: ['odd'], signature: odd } as const;
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
    // An entry is not sent where another has shown its features, and none goes back to the machine that it came from.
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

  it('of one name: one of them takes a new name and other numbers, and nothing of either is lost', async () => {
    const place = new MemoryPlace();
    const [one, copy] = [campaignForSync(), campaignForSync()];
    one.keep(realEntry('def a := 1', [1]));
    copy.keep(realEntry('def b := 1', [2]));
    const identity = { machine: 'twin-00000000', number: 9 };
    const loops = [one, copy].map((campaign) =>
      loopOf(place.transport(), campaign, { reportMillis: 5 }, identity),
    );
    loops.forEach((loop) => loop.start());
    const said = (): string[] => [...one.heard.notices, ...copy.heard.notices];
    await until(() =>
      expect(said()).toEqual([
        expect.stringMatching(/another machine is called twin-00000000; this one is .* from now on/),
      ]),
    );
    expect([...one.heard.numbers, ...copy.heard.numbers]).toEqual([expect.any(Number) as number]);
    await until(() => expect([one, copy].map(({ database }) => database.countEntries())).toEqual([2, 2]));
    // Many reports later both still have the name that they have then.
    const sessions = (): unknown => [...place.reports.values()].map(({ session }) => session);
    const reports = place.reported;
    await until(() => expect(place.reported).toBeGreaterThan(reports + 20));
    expect(said()).toHaveLength(1);
    expect(new Set(sessions() as string[]).size).toBe(2);
  });

  it('share what they know: leads that one has found, or has looked behind often enough', async () => {
    const place = new MemoryPlace();
    const [one, other] = [campaignForSync(), campaignForSync()];
    one.collector.takeFinding(encodeFinding(finding({ verdict: lead })));
    const [first, second] = [loopOf(place.transport(), one), loopOf(place.transport(), other)];
    first.addExhausted(['odd lead', 'x'.repeat(5000)]);
    first.start();
    await until(() => expect([place.findings.length, place.exhausted.length]).toEqual([1, 1]));
    second.start();
    await until(() => expect(other.heard.exhausted).toEqual(['odd lead']));
    await until(() => expect(other.database.findings.ids()).toHaveLength(1));
    expect(second.exhausted).toEqual(['odd lead']);
    // Found here, too, it is kept and shown, and no news.
    other.collector.takeFinding(encodeFinding(finding({ verdict: lead })));
    expect(other.heard.known).toEqual([expect.stringMatching(/^found first by .*-[0-9a-f]{8}$/)]);
    expect(other.database.countSignatures()).toMatchObject({ newLeads: 0, knownLeads: 1 });
    expect(one.heard.known).toEqual([undefined]);
    // The exhausted lead came from there: it does not go back.
    await Promise.all([first.finish(never), second.finish(never)]);
    expect([place.exhausted.length, one.heard.exhausted]).toEqual([1, []]);
  });

  it('end together where their limits are those of all', async () => {
    const place = new MemoryPlace();
    const [one, other, alone, late] = [
      campaignForSync(),
      campaignForSync(),
      campaignForSync(),
      campaignForSync(),
    ];
    const loops = [one, other].map((campaign) => loopOf(place.transport(), campaign, { limits: 'all' }));
    loops.push(loopOf(place.transport(), alone));
    loops.forEach((loop) => loop.start());
    await until(() => expect(place.progress.size).toBe(3));
    expect([...place.progress.values()].map(({ candidates }) => candidates)).toEqual([0, 0, 0]);
    one.heard.candidates += 30;
    await until(() => expect(loops[1]?.limits.candidatesElsewhere).toBe(30));
    loops[0]?.reach('runs');
    await loops[0]?.finish(never);
    await until(() => expect(loops[1]?.limits.end).toMatchObject({ reason: 'runs' }));
    expect(loops[2]?.limits.end).toBeUndefined();
    expect([one.heard.notices, other.heard.notices].map(({ length }) => length)).toEqual([1, 1]);
    expect(other.heard.notices[0]).toMatch(
      /^memory: the campaign is over for all machines: all of its candidates/,
    );
    const last = loopOf(place.transport(), late, { limits: 'all' });
    last.start();
    await until(() => expect(last.limits.end).toMatchObject({ reason: 'runs' }));
    expect(late.heard.notices).toEqual([
      expect.stringMatching(/over already.*this machine ends; another name/),
    ]);
    await Promise.all([...loops.slice(1), last].map((loop) => loop.finish(never)));
  });
});

describe('a machine whose place can not be used', () => {
  it('says so once, goes on alone, and catches up', async () => {
    const place = new MemoryPlace();
    const one = campaignForSync();
    place.trouble = 'an engine at far:1, connection refused';
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

it('counts the others and what they have found, and has each of them', async () => {
  const shown = { host: 'far', cores: 2, testsPerMinute: 600, secondsAgo: expect.any(Number) as number };
  const place = new MemoryPlace();
  const one = campaignForSync();
  place.reports.set('other-1', machineReport());
  place.reports.set('other-2', machineReport({ machine: 'other-2', state: 'ended', leads: 2, solutions: 1 }));
  const loop = loopOf(place.transport(), one);
  loop.start();
  await until(() =>
    expect(loop.counts).toEqual({
      ...{ others: 1, testsPerMinute: 600, leads: 3, solutions: 1, isAway: false },
      seen: [
        { ...shown, machine: 'other-1', state: 'running', leads: 1, solutions: 0 },
        { ...shown, machine: 'other-2', state: 'ended', leads: 2, solutions: 1 },
      ],
    }),
  );
  expect(JSON.parse(one.database.getValue('machines') ?? '[]')).toHaveLength(3);
  await loop.finish(never);
});
