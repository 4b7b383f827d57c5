import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { repairCampaign } from '../../../../src/campaign/offline/repair.js';
import { contentId, encodeEntry, encodeFinding } from '../../../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { UserError } from '../../../../src/util/errors.js';
import { candidate, entry, finding, unit } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const entryCount = 400;
const pageBytes = 4096;

/** A campaign's folder with a database of many pages. */
function campaign(): { folder: string; path: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'campaign.sqlite');
  const database = CampaignDatabase.open(path);
  database.setValue('seed', '7');
  database.together(() => {
    for (let n = 0; n < entryCount; n++) {
      const made = candidate({ units: [unit({ text: `def f${n} := ${'1'.repeat(300)}` })] });
      const one = entry({ id: contentId(made), candidate: made });
      database.addEntry({ entry: one, bytes: encodeEntry(one) }, n);
    }
  });
  const found = finding();
  const facts = { text: '', size: 9, known: undefined, target: 'embedded' as const, lean: embedded };
  database.findings.put({
    finding: found,
    bytes: encodeFinding(found),
    ...facts,
    mutant: undefined,
    elapsedSeconds: 1,
  });
  database.close();
  return { folder, path };
}

/** Overwrites bytes of a file. */
function damage(path: string, at: number, length: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, at, at + length);
  writeFileSync(path, bytes);
}

function contentOf(path: string): { entries: number; findings: number; seed: string | undefined } {
  const database = CampaignDatabase.open(path);
  try {
    const findings = database.findings.ids().length;
    return { entries: database.countEntries(), findings, seed: database.getValue('seed') };
  } finally {
    database.close();
  }
}

const all = { entries: entryCount, findings: 1, seed: '7' };

describe('repair', () => {
  it('changes nothing where nothing is damaged', () => {
    const { folder, path } = campaign();
    expect(repairCampaign(folder)).toEqual({ kind: 'undamaged' });
    expect(contentOf(path)).toEqual(all);
    expect(existsSync(`${path}.damaged`)).toBe(false);
  });

  it('keeps all but the rows of a damaged page, and the damaged database as it was', () => {
    const { folder, path } = campaign();
    const pages = statSync(path).size / pageBytes;
    damage(path, Math.floor(pages * 0.6) * pageBytes, pageBytes);
    const before = readFileSync(path);
    expect(() => CampaignDatabase.open(path)).toThrow(UserError);
    const repaired = repairCampaign(folder);
    expect(repaired).toMatchObject({ kind: 'repaired', kept: `${path}.damaged` });
    const { entries, findings, seed } = contentOf(path);
    expect([findings, seed]).toEqual([1, '7']);
    expect(entries).toBeGreaterThan(entryCount - 30);
    expect(entries).toBeLessThan(entryCount);
    expect(readFileSync(`${path}.damaged`).equals(before)).toBe(true);
  });

  it('finds the tables where the first page is gone', () => {
    const { folder, path } = campaign();
    damage(path, 0, pageBytes);
    repairCampaign(folder);
    expect(contentOf(path)).toEqual(all);
  });

  it('finds the columns where the first page names others', () => {
    const { folder, path } = campaign();
    const bytes = readFileSync(path);
    // One bit: a column is called texu.
    const at = bytes.indexOf('text TEXT NOT NULL');
    bytes.writeUInt8(bytes.readUInt8(at + 3) ^ 1, at + 3);
    writeFileSync(path, bytes);
    expect(() => CampaignDatabase.open(path)).toThrow('another table');
    repairCampaign(folder);
    expect(contentOf(path)).toEqual(all);
  });

  it('keeps what is left of a database that was cut short', () => {
    const { folder, path } = campaign();
    truncateSync(path, Math.floor(statSync(path).size / 2));
    repairCampaign(folder);
    const { entries, seed } = contentOf(path);
    expect(seed).toBe('7');
    expect(entries).toBeGreaterThan(entryCount / 4);
  });

  it('takes no room for what a file does not hold, however long it says it is', () => {
    const { folder, path } = campaign();
    damage(path, 8 * pageBytes, 64);
    truncateSync(path, 128 << 20);
    const repaired = repairCampaign(folder);
    if (repaired.kind !== 'repaired') throw new Error('it was damaged');
    expect(contentOf(path).entries).toBeGreaterThan(entryCount / 2);
    const { size, blocks } = statSync(repaired.kept);
    expect([size, blocks * 512 < 16 << 20]).toEqual([128 << 20, true]);
  });

  it('refuses a file of terabytes that has nothing but a hole, and leaves it as it was', () => {
    const { folder, path } = campaign();
    truncateSync(path, 0);
    truncateSync(path, 2 ** 40);
    expect(() => repairCampaign(folder)).toThrow(
      /got "no row of a table", expected a database of which something/,
    );
    expect(readdirSync(folder).sort()).toEqual(['campaign.sqlite', 'lock']);
    expect(statSync(path)).toMatchObject({ size: 2 ** 40, blocks: 0 });
  });

  it('keeps what is in the log only', () => {
    const { folder, path } = campaign();
    // A copy made while the database is open still has its log beside it, as a killed campaign leaves it.
    const open = new Database(path);
    open.prepare("INSERT INTO campaign VALUES ('late', 'yes')").run();
    const copy = join(folder, 'copy', 'campaign.sqlite');
    mkdirSync(dirname(copy));
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, copy + suffix);
    open.close();
    damage(copy, Math.floor((statSync(copy).size / pageBytes) * 0.6) * pageBytes, pageBytes);
    repairCampaign(dirname(copy));
    const database = CampaignDatabase.open(copy);
    expect(database.getValue('late')).toBe('yes');
    database.close();
  });

  it('follows no link that a folder from elsewhere has where a copy is made', () => {
    const { folder, path } = campaign();
    const outside = join(temporaryFolder(), 'outside');
    writeFileSync(outside, 'mine');
    for (const name of [
      '.damaged',
      '.damaged-2-wal',
      '.repaired',
      '.repaired.scratch',
      '.repaired.scratch-wal',
    ])
      symlinkSync(name === '.damaged' ? `${outside}-new` : outside, path + name);
    damage(path, 20 * pageBytes, pageBytes);
    expect(repairCampaign(folder)).toMatchObject({ kind: 'repaired', kept: `${path}.damaged-3` });
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(existsSync(`${outside}-new`)).toBe(false);
  });

  it('takes out an entry whose bytes are damaged, although the database is whole', () => {
    const { folder, path } = campaign();
    const breaker = new Database(path);
    breaker.exec('UPDATE corpus SET entry = zeroblob(40) WHERE number = 3');
    breaker.close();
    expect(repairCampaign(folder)).toMatchObject({ rows: { corpus: { kept: entryCount - 1, lost: 1 } } });
    expect(repairCampaign(folder)).toEqual({ kind: 'undamaged' });
  });

  it('mends an index that is damaged, and leaves out values that are none', () => {
    const { folder, path } = campaign();
    const breaker = new Database(path);
    breaker.exec(`INSERT INTO campaign VALUES ('totals', '{"tests":0$"candidates":1}')`);
    breaker.unsafeMode();
    breaker.pragma('writable_schema = ON');
    // The entry is in the table and no longer in the index of ids.
    breaker.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, 'id TEXT NOT NULL UNIQUE', 'id TEXT NOT NULL') WHERE name = 'corpus'",
    );
    breaker.exec("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_corpus_1'");
    breaker.close();
    expect(repairCampaign(folder)).toMatchObject({
      kind: 'repaired',
      rows: { corpus: { kept: entryCount, lost: 0 }, campaign: { lost: 1 } },
    });
    expect(contentOf(path)).toEqual(all);
    expect(repairCampaign(folder)).toEqual({ kind: 'undamaged' });
  });

  it('refuses what is no campaign, another version, and what nothing is left of', () => {
    expect(() => repairCampaign(temporaryFolder())).toThrow('a folder with a campaign.sqlite');
    const other = campaign();
    const breaker = new Database(other.path);
    breaker.pragma('user_version = 9');
    breaker.close();
    expect(() => repairCampaign(other.folder)).toThrow('got "version 9"');
    expect(existsSync(`${other.path}.damaged`)).toBe(false);
  });
});
