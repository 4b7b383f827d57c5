import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FolderTransport } from '../../../../../src/campaign/sync/folder/folder-transport.js';
import { statsFile } from '../../../../../src/campaign/sync/folder/stats-file.js';
import type { Wanted } from '../../../../../src/campaign/sync/transport.js';
import { campaignForSync, kernel, loopOf, machineReport, realEntry } from '../../../../support/sync.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';

const entry = (id: string, bytes = Uint8Array.of(1, 2)) => ({ id, level: 'source', newFeatures: 2, bytes });
const upload = { kernel, findings: [], features: new Uint32Array(0), exhausted: [] };
const wanted = (machine: string, cursors: ReadonlyMap<string, string> = new Map()): Wanted => ({
  ...{ machine, cursors, maxBytes: 1 << 20, has: () => false },
  ...{ kernel, levels: ['source'] },
});

/** Two machines at one folder; the first one has reported. */
async function pair() {
  const folder = join(temporaryFolder(), 'shared');
  const [one, other] = [new FolderTransport(folder), new FolderTransport(folder)];
  const began = [await one.open('one-1'), await other.open('other-1')].map((opened) => opened.began);
  await one.report(machineReport({ machine: 'one-1' }));
  return { folder, one, other, began };
}

describe('machines that meet in a folder', () => {
  it('say what they have done, and which leads they have exhausted; what is no such thing is passed over', async () => {
    const { folder, one, other } = await pair();
    const end = { reason: 'runs', machine: 'one-1' } as const;
    expect(await one.progress({ machine: 'one-1', candidates: 7, seconds: 1.5 })).toEqual([]);
    expect(await other.progress({ machine: 'other-1', candidates: 2, seconds: 9 })).toEqual([
      { machine: 'one-1', candidates: 7, seconds: 1.5 },
    ]);
    // Its own earlier words are among those that it reads: it may have begun anew.
    expect(await one.progress({ machine: 'one-1', candidates: 8, seconds: 10, end })).toEqual([
      { machine: 'one-1', candidates: 7, seconds: 1.5 },
      { machine: 'other-1', candidates: 2, seconds: 9 },
    ]);
    mkdirSync(join(folder, 'liar-1'));
    writeFileSync(join(folder, 'liar-1', '.progress'), '5 NaN runs one-1');
    expect(await other.progress({ machine: 'other-1', candidates: 2, seconds: 9 })).toEqual([
      { machine: 'other-1', candidates: 2, seconds: 9 },
      { machine: 'one-1', candidates: 8, seconds: 10, end },
    ]);
    const exhausted = ['a lead', 'b lead'];
    await one.publish({ ...upload, machine: 'one-1', entries: [], exhausted });
    await one.publish({
      ...upload,
      machine: 'one-1',
      entries: [],
      exhausted: ['b lead', 'c lead', 'x'.repeat(501)],
    });
    expect((await other.read(wanted('other-1'))).exhausted).toEqual(['a lead', 'b lead', 'c lead']);
    expect((await one.read(wanted('one-1'))).exhausted).toEqual([]);
  });

  it('have a folder each in the layout of AFL++, and read each other with a cursor', async () => {
    const { folder, one, other, began } = await pair();
    expect(began).toEqual(['one-1', 'one-1']);
    await one.publish({
      ...upload,
      machine: 'one-1',
      entries: [entry('aa'), entry('bb')],
      findings: [Uint8Array.of(7)],
    });
    expect(readdirSync(join(folder, 'one-1', 'queue')).sort()).toEqual([
      'id:000000,hash:aa,level:source,new:2',
      'id:000001,hash:bb,level:source,new:2',
    ]);
    const first = await other.read(wanted('other-1'));
    expect(first.entries.map(({ machine, id }) => [machine, id])).toEqual([
      ['one-1', 'aa'],
      ['one-1', 'bb'],
    ]);
    expect(first.findings).toEqual([{ machine: 'one-1', bytes: Buffer.of(7) }]);
    await one.publish({ ...upload, machine: 'one-1', entries: [entry('cc')] });
    const second = await other.read(wanted('other-1', first.cursors));
    expect(second.entries.map(({ id }) => id)).toEqual(['cc']);
    expect((await one.read(wanted('one-1'))).entries).toEqual([]);
    const stats = readFileSync(join(folder, 'one-1', 'fuzzer_stats'), 'utf8');
    expect(stats).toMatch(/^start_time +: \d+\nlast_update +: \d+\nrun_time +: 60\nexecs_done +: 600\n/);
  });

  it('are read in turn, whatever one of them has too much of', async () => {
    const { folder, one, other } = await pair();
    const third = new FolderTransport(folder);
    await third.open('third-1');
    await third.report(machineReport({ machine: 'third-1' }));
    const many = Array.from({ length: 600 }, (_, i) => Uint8Array.of(i & 255, i >> 8));
    await one.publish({ ...upload, machine: 'one-1', entries: [], findings: many });
    await third.publish({ ...upload, machine: 'third-1', entries: [], findings: [Uint8Array.of(7)] });
    const first = await other.read(wanted('other-1'));
    const second = await other.read(wanted('other-1', first.cursors));
    expect(first.isMore).toBe(true);
    const from = [...first.findings, ...second.findings].map(({ machine }) => machine);
    expect(from).toContain('third-1');
    expect(from).toContain('one-1');
  });

  it('go on behind what is there already, whatever they remember', async () => {
    const { folder, one } = await pair();
    await one.publish({ ...upload, machine: 'one-1', entries: [entry('aa')] });
    const again = new FolderTransport(folder);
    const before = (await one.open('one-1')).identity;
    expect((await again.open('one-1')).identity).toBe(before);
    await again.publish({ ...upload, machine: 'one-1', entries: [entry('bb')] });
    expect(
      readdirSync(join(folder, 'one-1', 'queue'))
        .map((name) => name.slice(0, 17))
        .sort(),
    ).toEqual(['id:000000,hash:aa', 'id:000001,hash:bb']);
    rmSync(join(folder, 'one-1'), { recursive: true });
    expect((await again.open('one-1')).identity).not.toBe(before);
  });

  it('believe nothing: links, pipes, large and misnamed files, folders of no machine are left alone', async () => {
    const { folder, one, other } = await pair();
    await one.publish({ ...upload, machine: 'one-1', entries: [entry('aa')] });
    const queue = join(folder, 'one-1', 'queue');
    symlinkSync('/etc/passwd', join(queue, 'id:000001,hash:bb,level:source'));
    execFileSync('mkfifo', [join(queue, 'id:000002,hash:cc,level:source')]);
    writeFileSync(join(queue, 'id:000003,hash:dd,level:source'), Buffer.alloc((1 << 20) + 1));
    symlinkSync('/etc', join(folder, 'linked-1'));
    mkdirSync(join(folder, '-odd'));
    writeFileSync(join(folder, 'file-1'), 'x');
    const { entries, passedOver } = await other.read(wanted('other-1'));
    expect(entries.map(({ id }) => id)).toEqual(['aa']);
    expect(passedOver.size).toBe(0);
  });

  it('take entries of the same kernel only, and nothing of another format, in one line each', async () => {
    const { folder, one, other } = await pair();
    await one.publish({ ...upload, machine: 'one-1', entries: [entry('aa')], findings: [Uint8Array.of(7)] });
    await one.report(machineReport({ machine: 'one-1', kernel: 'f'.repeat(16), lean: '4.30.0' }));
    mkdirSync(join(folder, 'new-1'));
    const stats = statsFile(machineReport({ machine: 'new-1' }), new Date(), new Date());
    writeFileSync(join(folder, 'new-1', 'fuzzer_stats'), stats.replace(/(lean_fuzz_format *: )\d+/, '$1999'));
    const { entries, findings, passedOver } = await other.read(wanted('other-1'));
    expect([entries.length, findings.length]).toEqual([0, 1]);
    expect(Object.fromEntries(passedOver)).toEqual({
      'one-1': 'its kernel is another one (Lean 4.30.0); its findings are read, its entries are not',
      'new-1': 'its format is 999, expected 2',
    });
  });

  it('say what the folder can not do', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(new FolderTransport(join(file, 'below')).open('one-1')).rejects.toThrow(
      /^expected .*ENOTDIR/,
    );
    const { folder, one } = await pair();
    rmSync(join(folder, 'one-1', 'queue'), { recursive: true });
    symlinkSync('/tmp', join(folder, 'one-1', 'queue'));
    await expect(one.publish({ ...upload, machine: 'one-1', entries: [entry('aa')] })).rejects.toThrow(
      /own at .*queue/,
    );
  });

  it('tell how long ago the others were seen by their own clock alone', async () => {
    const { one, other } = await pair();
    expect((await other.machines()).map(({ secondsAgo }) => secondsAgo)).toEqual([undefined]);
    await one.report(machineReport({ machine: 'one-1', tests: 601 }));
    expect((await other.machines()).map(({ secondsAgo }) => secondsAgo)).toEqual([0]);
  });
});

it('carries two campaigns', async () => {
  const folder = join(temporaryFolder(), 'shared');
  const [one, other] = [campaignForSync(), campaignForSync()];
  one.keep(realEntry('def a := 1', [1]));
  other.keep(realEntry('def b := 1', [2]));
  const loops = [loopOf(new FolderTransport(folder), one), loopOf(new FolderTransport(folder), other)];
  loops.forEach((loop) => loop.start());
  const counts = () => [one, other].map(({ database }) => database.countEntries());
  await vi.waitFor(() => expect(counts()).toEqual([2, 2]), { timeout: 10_000 });
  await Promise.all(loops.map((loop) => loop.finish(new AbortController().signal)));
  expect([one.heard.notices, other.heard.notices]).toEqual([[], []]);
});
