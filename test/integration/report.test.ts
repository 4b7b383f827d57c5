import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import Database from 'better-sqlite3';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { CampaignRecord } from '../../src/api/report.js';
import { serve } from '../../src/campaign/serve/serve.js';
import { CampaignDatabase } from '../../src/store/database.js';
import { leanFuzz } from '../support/campaign.js';
import { entry, finding, leadVerdict, signatureNamed, snapshot, verdict } from '../support/fakes.js';
import { yieldOf } from '../support/records.js';
import { embedded } from '../support/leans.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const mutator = yieldOf();
const category = yieldOf({ kind: 'category', name: 'universes' });

/** A campaign's folder as a campaign leaves it, without having run one. */
function campaignFolder(): string {
  const folder = temporaryFolder();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  database.setValue('seed', '7');
  database.setValue('lean', JSON.stringify(embedded));
  database.setValue('elapsedSeconds', '20');
  for (const elapsedSeconds of [0, 10, 20])
    database.addStatistics(snapshot({ elapsedSeconds, tests: elapsedSeconds * 9 }));
  const bytes = Uint8Array.of(1);
  database.addEntry({ entry: entry(), bytes }, 3);
  database.setYields([mutator, category]);
  database.close();
  addFinding(folder, 'aa', 'lead');
  addFinding(folder, 'bb', 'solution');
  return folder;
}

function addFinding(folder: string, id: string, kind: 'lead' | 'solution'): void {
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  const of = finding({
    verdict: {
      ...(kind === 'lead' ? leadVerdict() : verdict()),
      signature: signatureNamed(`${kind} <b>bold</b> ${id}`),
    },
  });
  database.findings.put({
    finding: { ...of, id },
    ...{ bytes: Uint8Array.of(1), text: '', size: 9, known: undefined, target: 'embedded', lean: embedded },
    ...{ mutant: undefined, elapsedSeconds: 4 },
  });
  database.close();
}

/** A browser on the PATH, or the one that a variable names. */
function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

describe('report', () => {
  it('writes the campaign as JSON, Markdown and HTML', async () => {
    const folder = campaignFolder();
    const out = join(temporaryFolder(), 'public');
    const ended = await leanFuzz(['report', folder, '--out', out]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.trim().split('\n')).toEqual(
      ['report.json', 'report.md', 'report.html'].map((name) => join(out, name)),
    );
    const record = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as CampaignRecord;
    expect(record).toMatchObject({ seed: 7, lean: embedded, elapsedSeconds: 20 });
    expect(record.statistics.map(({ tests }) => tests)).toEqual([0, 90, 180]);
    expect(record.workers).toHaveLength(6);
    expect(record.findings.map(({ kind }) => kind)).toEqual(['solution', 'lead']);
    expect(record.yields).toEqual([category, mutator]);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toMatch(/New features by mutator[^]*>fresh \(source\)</);
    expect(page).toMatch(/New features by category[^]*>universes \(source\)</);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain(`npx lean-fuzz replay ${folder} bb`);
  });

  it.each([
    ['a folder without a campaign', () => temporaryFolder(), 2, 'a folder with a campaign.sqlite'],
    ['a folder that is not there', () => '/nowhere/at/all', 2, 'a folder with a campaign.sqlite'],
    [
      'a database of another version',
      () => {
        const folder = temporaryFolder();
        const database = new Database(join(folder, 'campaign.sqlite'));
        database.pragma('user_version = 1');
        database.close();
        return folder;
      },
      78,
      'got "version 1"',
    ],
    [
      'a damaged database',
      () => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, 'campaign.sqlite'), 'no database at all, '.repeat(99));
        return folder;
      },
      78,
      'expected an undamaged database of lean-fuzz',
    ],
  ])('refuses %s in one line', async (_, make, code, said) => {
    const folder = make();
    const ended = await leanFuzz(['report', folder]);
    expect(ended.code).toBe(code);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toContain(folder);
    expect(ended.stderr).toContain(said);
  });

  it('refuses a place that can not be written', async () => {
    const out = join(temporaryFolder(), 'file');
    writeFileSync(out, '');
    const ended = await leanFuzz(['report', campaignFolder(), '--out', out]);
    expect(ended.code).toBe(78);
    expect(ended.stderr).toMatch(/^lean-fuzz: --out: got ".*", expected a folder that can be written.*\n$/);
  });

  const browser = findBrowser();
  it.skipIf(browser === undefined)(
    `shows its charts in a real browser${browser === undefined ? ': NOT TRIED, there is no Chromium on the PATH' : ''}`,
    async () => {
      const folder = campaignFolder();
      mkdirSync(join(folder, 'out'));
      await leanFuzz(['report', folder, '--out', join(folder, 'out')]);
      const running = await chromium.launch({ executablePath: browser ?? '', args: ['--no-sandbox'] });
      try {
        const page = await running.newPage({ viewport: { width: 400, height: 800 } });
        const complaints: string[] = [];
        const requests: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(`file://${join(folder, 'out', 'report.html')}`);
        const boxes = await Promise.all((await page.locator('svg').all()).map((svg) => svg.boundingBox()));
        expect(boxes).toHaveLength(7);
        for (const box of boxes) expect((box?.width ?? 0) * (box?.height ?? 0)).toBeGreaterThan(5_000);
        const lines = await Promise.all(
          (await page.locator('polyline').all()).map((line) => line.boundingBox()),
        );
        expect(lines.filter((box) => (box?.width ?? 0) > 50).length).toBeGreaterThanOrEqual(4);
        expect(await page.locator('b').count()).toBe(0);
        expect(await page.locator('.solutions h3').first().textContent()).toContain('<b>bold</b>');
        await page.locator('.solutions button').first().click();
        await page.waitForFunction("document.querySelector('.solutions button').textContent !== 'copy'");
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(overflow)).toBe(0);
        expect(complaints).toEqual([]);
        expect(requests.filter((url) => !url.startsWith('file://') && !url.startsWith('data:'))).toEqual([]);
      } finally {
        await running.close();
      }
    },
    60_000,
  );

  it.skipIf(browser === undefined)(
    'looks again, while it is served, when the server says so',
    async () => {
      const folder = campaignFolder();
      const notices: string[] = [];
      const own = { notice: (text: string) => void notices.push(text) };
      const served = await serve({ dashboard: '0' }, own, (key) => key);
      const running = await chromium.launch({ executablePath: browser ?? '', args: ['--no-sandbox'] });
      try {
        served.listener.started?.({ campaignFolder: folder, seed: 7, lean: embedded, bootSeconds: 1 });
        const page = await running.newPage({ viewport: { width: 400, height: 800 } });
        const complaints: string[] = [];
        page.on('pageerror', (error) => complaints.push(error.message));
        const events = page.waitForResponse((response) => response.url().endsWith('/events'));
        await page.goto(notices[0]?.replace('dashboard: ', '') ?? '');
        await events;
        expect(await page.locator('.solutions h3').count()).toBe(1);
        await page.evaluate('window.isSamePage = true');
        addFinding(folder, 'cc', 'solution');
        served.listener.finding?.(finding(), folder, undefined);
        await page.waitForFunction("document.querySelectorAll('.solutions h3').length === 2");
        // Taken into the page: it was not loaded again.
        expect(await page.evaluate('window.isSamePage')).toBe(true);
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate(overflow)).toBe(0);
        expect(complaints).toEqual([]);
      } finally {
        await running.close();
        await served.close();
      }
    },
    60_000,
  );

  if (browser === undefined)
    console.warn('report.test.ts: no Chromium on the PATH: the page was not looked at');
});
