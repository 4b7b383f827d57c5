import Database from 'better-sqlite3';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeHead } from '../../src/share/entry-codec.js';
import { leanFuzz, summaryOf, traceOf } from '../support/campaign.js';
import { quickLean } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import type { FindingFile } from '../../src/store/finding-files.js';

/** How many different features the stored entries show. */
function featuresIn(campaign: string): number {
  const database = new Database(join(campaign, 'campaign.sqlite'), { readonly: true });
  try {
    const rows = database.prepare('SELECT entry FROM corpus').all() as { entry: Uint8Array }[];
    return new Set(rows.flatMap(({ entry }) => [...decodeHead(entry).features])).size;
  } finally {
    database.close();
  }
}

describe('a campaign that is resumed', () => {
  it('counts no feature again, and goes on from all other counts', async () => {
    const folder = temporaryFolder();
    const campaign = join(folder, 'campaign');
    const args = [
      ...['--json', '--cores', '1', '--seed', '5', '--level', 'kernel', '--no-confirm', '--trace'],
      ...['--lean', quickLean, '--campaign', campaign, '--solutions', join(folder, 'solutions')],
    ];
    const first = summaryOf(await leanFuzz([...args, '--runs', '120']));
    expect(first.features).toBeGreaterThan(300);
    const seen = featuresIn(campaign);
    // Of a few features nothing was left to store.
    expect(Math.abs(seen - first.features)).toBeLessThan(first.features * 0.02);

    const second = summaryOf(await leanFuzz([...args, '--runs', '40']));
    expect(second.features).toBeGreaterThanOrEqual(seen);
    expect(Math.abs(featuresIn(campaign) - second.features)).toBeLessThan(second.features * 0.02);
    // A third of the candidates shows little that is new; all features once more would be twice as many.
    expect(second.features).toBeLessThan(first.features * 1.5);
    expect(second.candidates).toBe(160);
    expect(second.tests).toBeGreaterThan(first.tests);
    expect(second.corpus).toBeGreaterThan(first.corpus);
    // Nothing that the workers said last is lost.
    expect(traceOf(campaign).map(({ run }) => run)).toEqual(Array.from({ length: 160 }, (_, run) => run));
  });
});

describe('a campaign that is resumed without a word', () => {
  it('goes on at its level, depth and seed, says what is another, and keeps its seed', async () => {
    const folder = temporaryFolder();
    const options = [
      ...['--cores', '1', '--no-confirm', '--runs', '4', '--lean', quickLean],
      ...['--campaign', join(folder, 'campaign'), '--solutions', join(folder, 'solutions')],
    ];
    const first = await leanFuzz([...options, '--seed', '11', '--level', 'kernel', '--depth', '9']);
    expect(first.code).toBe(0);
    const second = await leanFuzz([...options, '--json', '--depth', '6']);
    expect(second.stdout).toContain('--depth is 6 from now on; this campaign had 9');
    const { yields, ...summary } = summaryOf(second);
    expect(summary).toMatchObject({ seed: 11, candidates: 8 });
    expect(new Set(yields.map(({ level }) => level))).toEqual(new Set(['kernel']));
    const third = await leanFuzz([...options, '--seed', '12']);
    expect(third).toMatchObject({
      code: 2,
      stderr: 'lean-fuzz: --seed: got "12", expected 11, as the campaign that is resumed has it\n',
    });
  });
});

describe('files of the user that hang', () => {
  it('are each found back as a lead that is replayed, and the campaign is clean', async () => {
    const folder = temporaryFolder();
    const seeds = join(folder, 'seeds');
    mkdirSync(seeds);
    for (const n of [1, 2, 3]) {
      const text = `partial def spin${n} (n : Nat) : Nat := spin${n} (n + ${n})\n#eval spin${n} 0\n`;
      writeFileSync(join(seeds, `${n}.lean`), text);
    }
    const campaign = join(folder, 'campaign');
    const ended = await leanFuzz([
      ...['--json', '--cores', '1', '--seed', '1', '--no-confirm', '--runs', '3', '--timeout', '2s'],
      ...[
        '--level',
        'source',
        '--import',
        seeds,
        '--campaign',
        campaign,
        '--solutions',
        join(folder, 'solutions'),
      ],
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(summaryOf(ended)).toMatchObject({ timeouts: 3, newLeads: 3, errors: 0 });
    const leads = readdirSync(join(campaign, 'leads')).map((name) => join(campaign, 'leads', name));
    const files = leads.map(
      (lead) => JSON.parse(readFileSync(join(lead, 'finding.json'), 'utf8')) as FindingFile,
    );
    for (const n of [1, 2, 3]) expect(files.some(({ text }) => text.includes(`spin${n} 0`))).toBe(true);
    for (const file of files) expect(file).toMatchObject({ outcome: 'timeout', jobMillis: 2000 });
    for (const lead of leads) expect(readFileSync(join(lead, 'README.md'), 'utf8')).toContain('replay .');

    const replayed = await leanFuzz(['replay', leads[0] ?? '', '--times', '1']);
    expect(replayed).toMatchObject({ code: 0, stderr: '' });
    expect(replayed.stdout).toContain('stable (1 of 1)');
  });
});
