import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownByEntries, withCorpus } from '../../src/campaign/offline/corpus/open-corpus.js';
import { contentId, encodeEntry } from '../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../src/store/database.js';
import { Workdir } from '../../src/store/workdir.js';
import { corpusOf, leanFuzz, Running, summaryOf, traceOf, type Ended } from '../support/campaign.js';
import { eventually } from '../support/processes.js';
import { candidate, entry, unit } from '../support/fakes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A campaign's folder with entries of these texts and features. */
function campaignOf(entries: Record<string, readonly number[]>): string {
  const folder = temporaryFolder();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  for (const [text, features] of Object.entries(entries)) {
    const made = candidate({ units: [unit({ text })] });
    const one = entry({ id: contentId(made), candidate: made, features: Uint32Array.from(features) });
    database.addEntry({ entry: one, bytes: encodeEntry(one) }, 1);
  }
  database.close();
  return folder;
}

function corpus(...args: string[]): Promise<Ended> {
  return leanFuzz(['corpus', ...args]);
}

function expectOneLine(ended: Ended, code: number, ...words: string[]): void {
  expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
  for (const word of words) expect(ended.stderr).toContain(word);
  expect(ended).toMatchObject({ code, stdout: '' });
}

const three = { 'def a := 1': [1, 2], 'def b := 2': [2], 'def c := 3': [3] };

describe('corpus', () => {
  it('lists, shows and counts', async () => {
    const folder = campaignOf(three);
    const listed = (await corpus('list', folder, '--json')).stdout.trim().split('\n');
    const rows = listed.map((line) => JSON.parse(line) as { number: number; id: string; features: number });
    expect(rows.map(({ number, features }) => [number, features])).toEqual([
      [1, 2],
      [2, 1],
      [3, 1],
    ]);
    expect((await corpus('list', folder)).stdout).toContain(`number 2  id ${rows[1]?.id}  level source`);
    const byNumber = await corpus('show', folder, '2');
    expect(byNumber.stdout).toMatch(/\nseed 7\nrun 3\n\ndef b := 2\n\n$/);
    expect(await corpus('show', folder, rows[1]?.id ?? '')).toEqual(byNumber);
    const stats = JSON.parse((await corpus('stats', folder, '--json')).stdout) as object;
    expect(stats).toMatchObject({ entries: 3, features: 3, rareFeatures: 2 });
    expect((await corpus('stats', folder)).stdout).toMatch(
      /^3 entries of 3 units in \d+ bytes\n3 features, 2 of them shown by one entry alone\nlevels: source 3\nwhat came of them: all accepted 3\nmade last by:\n {2}fresh {2}3 entries, \d+ new features\n$/,
    );
  });

  it('keeps the fewest entries that show all features, only when it is meant', async () => {
    const folder = campaignOf(three);
    expect((await corpus('cmin', folder, '--dry-run')).stdout).toBe(
      'would keep 2 of 3 entries, which show all 3 features\n',
    );
    expect(corpusOf(folder)).toHaveLength(3);
    expect((await corpus('cmin', folder)).stdout).toMatch(
      /^kept 2 of 3 entries, which show all 3 features\nthe database has \d+ bytes now, of \d+\n$/,
    );
    const texts = (await corpus('export', folder, join(folder, 'out'))).stdout;
    expect(texts).toContain('exported 2 entries');
    expect((await corpus('cmin', folder)).stdout).toContain('kept 2 of 2');
  });

  it('gives the room of what it deletes back, and loses no feature wherever it is killed', async () => {
    const folder = campaignOf(
      Object.fromEntries(
        Array.from({ length: 1500 }, (_, n) => [
          `def f${n} := ${'1'.repeat(2000)}`,
          [n % 300, 300 + (n % 7)],
        ]),
      ),
    );
    const path = join(folder, 'campaign.sqlite');
    const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const before = size(path);
    // While it deletes, while it writes the file anew, and behind that.
    for (const written of [1, 200_000, 500_000]) {
      const running = new Running(['corpus', 'cmin', folder, '--in-place']);
      await eventually('it is at work', () => running.hasEnded || size(`${path}-wal`) > written);
      running.kill('SIGKILL');
      await running.ended;
      const shown = withCorpus(folder, 'change', (database) => shownByEntries(database, () => undefined));
      expect(new Set(shown.flatMap(({ features }) => [...features])).size).toBe(307);
    }
    expect((await corpus('cmin', folder, '--in-place')).stdout).toContain('kept 300 of');
    expect(size(path)).toBeLessThan(before / 4);
    expect(size(`${path}-wal`)).toBe(0);
    // The tables lie where they always lie: a first page can be made anew.
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 0, 4096));
    expect((await leanFuzz(['repair', folder])).stdout).toContain('salvaged 300 of 300 entries');
    expect(corpusOf(folder)).toHaveLength(300);
  });

  it('carries entries from one campaign to another, byte for byte and once', async () => {
    const [from, to] = [campaignOf(three), campaignOf({ 'def a := 1': [1, 2] })];
    const exported = join(from, 'exported');
    await corpus('export', from, exported);
    expect(readdirSync(exported)).toHaveLength(6);
    expect((await corpus('import', to, exported)).stdout).toBe(
      'imported 2 of 3 entries; the others were known\n',
    );
    const again = join(to, 'exported');
    await corpus('export', to, again);
    for (const name of readdirSync(exported))
      expect(readFileSync(join(again, name))).toEqual(readFileSync(join(exported, name)));
  });

  it('imports Lean files, cut into declarations', async () => {
    const folder = campaignOf(three);
    const files = temporaryFolder();
    mkdirSync(join(files, 'below'));
    writeFileSync(
      join(files, 'below', 'x.lean'),
      'namespace A\ndef x := 1\ntheorem y : x = 1 := rfl\nend A\n',
    );
    writeFileSync(join(files, 'empty.lean'), '-- nothing\n');
    expect((await corpus('import', folder, files)).stdout).toContain('imported 1 of 1');
    const shown = (await corpus('show', folder, '4')).stdout;
    expect(shown).toContain('outcome imported\nunits 3\n');
    expect(shown).toContain('namespace A\ntheorem y : x = 1 := rfl\nend A');
    // Nobody knows what it shows, so it stays.
    expect((await corpus('cmin', folder)).stdout).toContain('kept 3 of 4');
  });
});

describe('corpus refuses in one line', () => {
  it.each(['list', 'stats', 'cmin'])('%s of a folder without a campaign, and makes none', async (command) => {
    const folder = temporaryFolder();
    expectOneLine(await corpus(command, folder), 2, folder, 'a folder with a campaign.sqlite');
    expect(readdirSync(folder)).toEqual([]);
    const missing = join(folder, 'missing');
    expectOneLine(await corpus(command, missing), 2, missing, 'a folder with a campaign.sqlite');
    expect(existsSync(missing)).toBe(false);
  });

  it('an entry that is not there, an unknown command, a missing argument', async () => {
    const folder = campaignOf(three);
    expectOneLine(await corpus('show', folder, '9'), 2, 'entry', '"9"', 'of the 3 entries');
    expectOneLine(await corpus('frobnicate', folder), 2, 'frobnicate');
    expectOneLine(await corpus('show', folder), 2, "'entry'");
    expectOneLine(await corpus('cmin', folder, '--in-place', '--dry-run'), 2, '--dry-run', '--in-place');
  });

  it('a folder that has nothing to import, or something damaged', async () => {
    const folder = campaignOf(three);
    const from = temporaryFolder();
    expectOneLine(await corpus('import', folder, from), 2, from, '.lean, .entry or .ndjson');
    expectOneLine(await corpus('import', folder, join(from, 'no')), 2, 'import', 'ENOENT');
    writeFileSync(join(from, 'a.entry'), 'no entry');
    expectOneLine(await corpus('import', folder, from), 2, 'a.entry', 'corpus export');
    const whole = encodeEntry(entry()); // its id is made up
    writeFileSync(join(from, 'a.entry'), whole);
    expectOneLine(await corpus('import', folder, from), 2, 'a.entry', 'id');
    writeFileSync(join(from, 'a.entry'), whole.subarray(0, 60));
    expectOneLine(await corpus('import', folder, from), 2, 'a.entry', 'corpus export');
    expect(corpusOf(folder)).toHaveLength(3);
  });

  it('to change what a campaign is using, but not to look at it', async () => {
    const folder = campaignOf(three);
    const running = new Workdir(folder);
    running.open();
    try {
      expectOneLine(await corpus('cmin', folder), 78, folder, 'no other campaign');
      expectOneLine(await corpus('import', folder, folder), 78, folder, 'no other campaign');
      expect((await corpus('list', folder)).code).toBe(0);
    } finally {
      running.close();
    }
  });

  it('an export to where nothing can be written', async () => {
    const folder = campaignOf(three);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expectOneLine(await corpus('export', folder, join(file, 'x')), 78, 'export folder', file);
  });
});

describe('run --import', () => {
  it('runs the files first, keeps what Lean accepts of them, and builds on it', async () => {
    const [folder, files] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(files, 'a.lean'), 'import Mathlib\ndef base := 1\ntheorem wrong : base = 2 := rfl\n');
    writeFileSync(join(files, 'b.lean'), 'inductive Two\n| a\n| b\n');
    const places = ['--campaign', folder, '--solutions', join(folder, 'solutions'), '--import', files];
    const ended = await leanFuzz([
      '--cores',
      '1',
      '--runs',
      '60',
      '--seed',
      '5',
      '--trace',
      '--json',
      ...['--level', 'source'],
      ...places,
    ]);
    expect(summaryOf(ended).candidates).toBe(60);
    const trace = traceOf(folder);
    const lines = trace.slice(0, 3).map((line) => JSON.stringify(line));
    expect(lines[0]).toContain('"mutators":["import"]');
    expect(lines[0]).toContain('theorem wrong');
    expect(lines[1]).toContain('inductive Two');
    expect(lines[2]).not.toContain('"import"');
    const shown = (await leanFuzz(['corpus', 'show', folder, '1'])).stdout;
    expect(shown).toContain('def base := 1');
    expect(shown).not.toContain('theorem wrong');
    const imported = new Set(
      corpusOf(folder)
        .slice(0, 2)
        .map(({ id }) => id),
    );
    expect(trace.some(({ parents }) => parents.some((id) => imported.has(id)))).toBe(true);
  });

  it('refuses a folder without anything to import before anything starts', async () => {
    const folder = temporaryFolder();
    expectOneLine(await leanFuzz(['--import', folder], { cwd: folder }), 2, '--import', '.lean, .entry or');
    const missing = join(folder, 'missing');
    expectOneLine(await leanFuzz(['--import', missing], { cwd: folder }), 2, '--import', 'ENOENT');
    writeFileSync(join(folder, 'a.lean'), 'def a := 1\n');
    const kernel = ['--import', folder, '--level', 'kernel'];
    expectOneLine(await leanFuzz(kernel, { cwd: folder }), 2, '--import', 'something for --level kernel');
    expect(readdirSync(folder)).toEqual(['a.lean']);
  });
});
