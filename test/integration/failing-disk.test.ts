import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { leanFuzz, Running, summaryOf, type Ended } from '../support/campaign.js';
import { canFail, FailingDisk, type DiskError } from '../support/failing-disk.js';
import { isLongForm } from '../support/long-form.js';
import { fetchedLean } from '../support/native-lean.js';
import { eventually, survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const lean = fetchedLean('disks that fail');
const possible = lean !== undefined && canFail('disks that fail');

/** The options of a campaign that finds a planted bug within a second. */
function campaignIn(folder: string, ...more: string[]): string[] {
  return [
    ...['--json', '--lean', lean ?? '', '--level', 'kernel', '--cores', '1', '--seed', '49'],
    ...['--coverage', 'off', '--kernel-mutant', 'positivity', '--minimize-time', '0s'],
    ...['--campaign', join(folder, 'c'), '--solutions', join(folder, 's'), ...more],
  ];
}

/** One line, status 78, no trace of how it was made. */
function expectOneLine(ended: Ended, words: string): void {
  expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
  expect(ended.stderr).toContain(words);
  expect(ended.stdout + ended.stderr).not.toMatch(/^\s+at |node:internal/m);
  expect(ended).toMatchObject({ code: 78, signal: null });
}

const errors: readonly DiskError[] = ['ENOSPC', 'EROFS', 'EIO'];

describe.skipIf(!possible)('a command on a disk that fails ends in one line', () => {
  /** Where a campaign has ended with a solution; the first test that needs it runs it. */
  const finished = mkdtempSync(join(tmpdir(), 'lean-fuzz-test'));

  afterAll(() => rmSync(finished, { recursive: true }));

  interface Place {
    readonly folder: string;
    readonly campaign: string;
    readonly finding: string;
    readonly out: string;
  }
  const commands: [string, keyof Place, (place: Place) => string[], string][] = [
    ['report --out', 'out', ({ campaign, out }) => ['report', campaign, '--out', out], '--out: got'],
    ['report', 'campaign', ({ campaign }) => ['report', campaign], ''],
    [
      'corpus cmin',
      'campaign',
      ({ campaign }) => ['corpus', 'cmin', campaign, '--in-place'],
      'campaign folder',
    ],
    ['corpus export', 'out', ({ campaign, out }) => ['corpus', 'export', campaign, out], 'export folder'],
    [
      'corpus import',
      'campaign',
      ({ campaign }) => ['corpus', 'import', campaign, `${finished}/c`],
      'folder',
    ],
    ['repair', 'campaign', ({ campaign }) => ['repair', campaign], 'campaign folder'],
    [
      'certify',
      'finding',
      ({ finding }) => ['certify', finding, '--lean', lean ?? '', '--checker', 'a=true'],
      'certification',
    ],
    [
      'minimize',
      'finding',
      ({ finding }) => ['minimize', finding, '--lean', lean ?? '', '--time', '1s'],
      'history',
    ],
    [
      'export',
      'out',
      ({ finding, out }) => ['export', finding, '--arena', out, '--lean', lean ?? ''],
      '--arena',
    ],
    ['resume', 'folder', ({ folder }) => campaignIn(folder, '--time', '1s'), 'campaign folder'],
  ];
  // Each command with one of them; in the long form, with all.
  const cases = commands.flatMap(([name, at, args, words], index) =>
    errors
      .filter((_, which) => isLongForm || which === index % errors.length)
      .map((error) => ({ name, error, at, args, words })),
  );

  async function place(): Promise<Place> {
    if (readdirSync(finished).length === 0) {
      const ended = await leanFuzz(campaignIn(finished, '--stop-on-solution', '--time', '120s'));
      expect(ended).toMatchObject({ code: 77, stderr: '' });
    }
    const folder = temporaryFolder();
    cpSync(finished, folder, { recursive: true });
    const [name = ''] = readdirSync(join(folder, 's'));
    return {
      folder,
      campaign: join(folder, 'c'),
      finding: join(folder, 's', name),
      out: join(folder, 'out'),
    };
  }

  it.each(cases)('$name, $error', async ({ error, at, args, words }) => {
    const where = await place();
    const disk = new FailingDisk(where[at]);
    disk.fail(error);
    const ended = await leanFuzz(args(where), { environment: disk.environment, cwd: temporaryFolder() });
    expectOneLine(ended, words);
    expect(disk.failures).toBeGreaterThan(0);
  });

  it.each([
    ['status', ({ campaign }: Place) => ['status', campaign], 'disk I/O error'],
    ['corpus list', ({ campaign }: Place) => ['corpus', 'list', campaign], 'disk I/O error'],
    ['replay', ({ finding }: Place) => ['replay', finding, '--lean', lean ?? ''], 'EIO'],
    ['certify', ({ finding }: Place) => ['certify', finding, '--lean', lean ?? ''], 'EIO'],
    ['judge', ({ finding }: Place) => ['judge', join(finding, 'Finding.lean')], 'EIO'],
  ])('%s, where nothing can be read', async (_, args, words) => {
    const where = await place();
    const disk = new FailingDisk(where.folder);
    disk.fail('EIO', true);
    expectOneLine(await leanFuzz(args(where), { environment: disk.environment }), words);
  });

  it('reads a campaign on a disk that is read-only', async () => {
    const { campaign, out } = await place();
    const disk = new FailingDisk(campaign);
    const before = await leanFuzz(['status', campaign]);
    disk.fail('EROFS');
    const there = { environment: disk.environment };
    expect(await leanFuzz(['status', campaign], there)).toEqual(before);
    expect(await leanFuzz(['corpus', 'stats', campaign], there)).toMatchObject({ code: 0, stderr: '' });
    expect(await leanFuzz(['report', campaign, '--out', out], there)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(out)).toContain('report.html');
    expect(disk.failures).toBeGreaterThan(0);
  });
});

describe.skipIf(!possible)('a campaign on a disk that fails', () => {
  interface Broken {
    readonly running: Running;
    readonly disk: FailingDisk;
    readonly folder: string;
  }

  /** A campaign that has stored entries, and a disk below its folder, or a part of it, that is still whole. */
  async function begun(part = '', ...more: string[]): Promise<Broken> {
    const folder = temporaryFolder();
    const disk = new FailingDisk(join(folder, part));
    const running = new Running(campaignIn(folder, ...more), { environment: disk.environment });
    await eventually('its corpus grows', () => running.hasEnded || (running.status?.corpus ?? 0) > 0);
    expect(running.hasEnded).toBe(false);
    return { running, disk, folder };
  }

  const noticesOf = ({ lines }: Running): string[] =>
    lines.filter(({ type }) => type === 'notice').map(({ text }) => String(text));
  const says = (running: Running, word: RegExp) => (): boolean =>
    running.hasEnded || noticesOf(running).some((text) => word.test(text));

  it.each(isLongForm ? (['ENOSPC', 'EIO'] as const) : (['EIO'] as const))(
    'waits for it, goes on, and loses nothing: %s',
    async (error) => {
      const { running, disk, folder } = await begun();
      const before = running.status?.corpus ?? 0;
      disk.fail(error);
      await eventually('it says what it waits for', says(running, /waiting for/));
      disk.mend();
      await eventually('it goes on', says(running, /going on/));
      await eventually('it grows', () => running.hasEnded || (running.status?.corpus ?? 0) > before);
      running.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.stderr).toBe('');
      const { stoppedBy, dropped, solutionFolders } = summaryOf(ended);
      expect([stoppedBy, dropped]).toEqual(['signal', 0]);
      expect(solutionFolders.filter((path) => !existsSync(join(path, 'finding.json')))).toEqual([]);
      expect(readdirSync(join(folder, 's')).filter((name) => name.startsWith('.'))).toEqual([]);
    },
  );

  it('ends in one line on one that has become read-only, and leaves nobody behind', async () => {
    const { running, disk } = await begun();
    const family = running.family().all;
    disk.fail('EROFS');
    expectOneLine(await running.ended, 'campaign folder');
    expect(await survivors(family)).toEqual([]);
  });

  it.each(isLongForm ? errors : errors.slice(0, 1))('ends in one line at Ctrl-C: %s', async (error) => {
    const { running, disk } = await begun();
    const family = running.family().all;
    const since = performance.now();
    running.kill('SIGINT');
    disk.fail(error);
    expectOneLine(await running.ended, 'campaign folder');
    // Ten seconds for the disk, and not those for a worker that waits until its finding is stored.
    expect(performance.now() - since).toBeLessThan(18_000);
    expect(await survivors(family)).toEqual([]);
  });

  it.each(isLongForm ? errors : errors.slice(2))(
    'ends in one line where the summary can not be written: %s',
    async (error) => {
      const { running, disk } = await begun('c/summary.json');
      disk.fail(error);
      running.kill('SIGINT');
      expectOneLine(await running.ended, 'summary.json');
    },
  );

  it('keeps findings in its database where their folder can not be written, and writes them later', async () => {
    const folder = temporaryFolder();
    const disk = new FailingDisk(join(folder, 's'));
    const running = new Running(campaignIn(folder), { environment: disk.environment });
    const hasStarted = (): boolean => running.lines.some(({ type }) => type === 'started');
    await eventually('it has started', () => running.hasEnded || hasStarted());
    disk.fail('EIO');
    await eventually('it says where it keeps them', says(running, /is safe in the campaign's database/));
    disk.mend();
    expect(running.hasEnded).toBe(false);
    await eventually('it writes them', () => running.hasEnded || readdirSync(join(folder, 's')).length > 0);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 77, stderr: '' });
    expect(summaryOf(ended).solutionFolders.every((path) => existsSync(path))).toBe(true);
  });

  it('goes on alone where the folder of --sync-dir can not be used, and says so once', async () => {
    const meeting = temporaryFolder();
    const folder = temporaryFolder();
    const disk = new FailingDisk(meeting);
    const sync = ['--sync-dir', meeting, '--sync-interval', '1s'];
    const running = new Running(campaignIn(folder, ...sync), { environment: disk.environment });
    await eventually('it shares', () => running.hasEnded || readdirSync(meeting).length > 0);
    disk.fail('EIO', true);
    await eventually('it says so', says(running, /sync/));
    const before = running.status?.candidates ?? 0;
    await eventually('it goes on', () => running.hasEnded || (running.status?.candidates ?? 0) > before + 5);
    expect(noticesOf(running).filter((text) => text.includes('EIO'))).toHaveLength(1);
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.stderr).toBe('');
    expect(summaryOf(ended).stoppedBy).toBe('signal');
  });
});
