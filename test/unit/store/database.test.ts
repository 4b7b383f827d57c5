import Database from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Yield } from '../../../src/api/yields.js';
import { CampaignDatabase } from '../../../src/store/database.js';
import { checkDatabase } from '../../../src/store/check-database.js';
import { schemaVersion } from '../../../src/store/schema.js';
import { UserError } from '../../../src/util/errors.js';
import { entry, finding, leadVerdict, signatureNamed, snapshot, verdict } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function open(path = join(temporaryFolder(), 'campaign.sqlite')): CampaignDatabase {
  const database = CampaignDatabase.open(path);
  onTestFinished(() => database.close());
  return database;
}

function refusalOf(path: string): UserError {
  try {
    CampaignDatabase.open(path).close();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the database was opened');
}

const bytes = Uint8Array.of(1, 2, 3);
const stored = {
  ...{ bytes, text: '', size: 9, known: undefined, target: 'embedded' as const, lean: embedded },
  ...{ mutant: undefined, elapsedSeconds: 1 },
};

describe('CampaignDatabase', () => {
  it('keeps values across a close', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const first = CampaignDatabase.open(path);
    first.setValue('seed', '7');
    first.setValue('seed', '8');
    first.close();
    expect(open(path).getValue('seed')).toBe('8');
    expect(open(path).getValue('other')).toBeUndefined();
  });

  it('keeps what mutators and categories have yielded, the last word of each', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const numbers = { candidates: 3, newFeatures: 2, interesting: 1, leads: 0, solutions: 0 };
    const splice: Yield = { level: 'source', kind: 'mutator', name: 'splice', ...numbers };
    const first = open(path);
    first.setYields([splice, { ...splice, level: 'kernel' }]);
    first.setYields([{ ...splice, candidates: 9 }]);
    expect(open(path).yields()).toEqual([
      { ...splice, level: 'kernel' },
      { ...splice, candidates: 9 },
    ]);
  });

  it('stores an entry once, whoever found it again', () => {
    const database = open();
    expect(database.addEntry({ entry: entry(), bytes }, 1.5)).toBe(true);
    expect(database.addEntry({ entry: entry({ worker: 5 }), bytes }, 2)).toBe(false);
    expect(database.addEntry({ entry: entry({ id: 'other' }), bytes }, 3)).toBe(true);
    expect(database.countEntries()).toBe(2);
  });

  it('gives the newest entries in their order, byte for byte, of all workers or of one', () => {
    const database = open();
    for (const n of [1, 2, 3]) {
      const stored = entry({ id: `e${n}`, worker: n % 2 });
      database.addEntry({ entry: stored, bytes: Uint8Array.of(n, 255) }, n);
    }
    const bytes = (blobs: Iterable<Uint8Array>): number[][] => [...blobs].map((blob) => [...blob]);
    expect(bytes(database.newestEntries(2))).toEqual([
      [2, 255],
      [3, 255],
    ]);
    expect(bytes(database.newestEntries(5, 1))).toEqual([
      [1, 255],
      [3, 255],
    ]);
    expect(bytes(database.eachEntry()).map(([n]) => n)).toEqual([1, 2, 3]);
  });

  it('keeps one finding a signature: repeats are counted, a smaller one takes its place under the first id', () => {
    const database = open();
    const { findings } = database;
    const put = (id: string, signature: string, size: number, known?: string): void =>
      findings.put({
        ...stored,
        finding: finding({ id, verdict: verdict({ signature: signatureNamed(signature) }) }),
        size,
        known,
      });
    put('first', 'a', 90);
    put('other', 'b', 5, '#14484');
    findings.countRepeat('first');
    findings.setFolder('first', 'solution-first');
    expect(findings.find('solution', signatureNamed('a'))).toMatchObject({
      id: 'first',
      size: 90,
      folder: 'solution-first',
    });
    expect(findings.unwritten().map(({ id }) => id)).toEqual(['other']);
    put('smaller', 'a', 9);
    expect(findings.find('solution', signatureNamed('a'))).toMatchObject({
      id: 'first',
      size: 9,
      folder: null,
    });
    expect(findings.unwritten().map(({ id }) => id)).toEqual(['first', 'other']);
    expect(findings.byId('smaller')).toBeUndefined();
    expect(findings.find('lead', signatureNamed('a'))).toBeUndefined();
    expect(database.countSignatures()).toEqual({
      ...{ newLeads: 0, knownLeads: 0, newSolutions: 1, knownSolutions: 1, leadClasses: {} },
      ...{ unnamedLeads: 0, unnamedSolutions: 0 },
    });
    // A lead that has no name yet is in no other count, until it is announced as it is.
    findings.put({ ...stored, finding: finding({ id: 'young', form: 'found', verdict: leadVerdict() }) });
    const unnamed = { newLeads: 0, unnamedLeads: 1, leadClasses: {} };
    expect(database.countSignatures()).toMatchObject(unnamed);
    findings.setFolder('young', 'lead-young');
    expect(database.countSignatures()).toMatchObject({ newLeads: 1, unnamedLeads: 0 });
  });

  it('has an identity that stays, and that no other has', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const { identity } = open(path);
    expect(open(path).identity).toBe(identity);
    expect(open().identity).not.toBe(identity);
  });

  it('keeps statistics of the campaign and of each worker', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const database = open(path);
    database.addStatistics(snapshot({ elapsedSeconds: 10 }));
    database.addStatistics(snapshot({ elapsedSeconds: 10, tests: 1201 }));
    const reader = new Database(path, { readonly: true });
    onTestFinished(() => void reader.close());
    expect(reader.prepare('SELECT tests, out_of_memory, share_judging FROM statistics').all()).toEqual([
      { tests: 1201, out_of_memory: 1, share_judging: 0.03 },
    ]);
    expect(reader.prepare('SELECT worker, tests FROM worker_statistics').all()).toEqual([
      { worker: 0, tests: 700 },
      { worker: 1, tests: 500 },
    ]);
  });

  it('writes several things as one: an error in between leaves none of them', () => {
    const database = open();
    const failing = (): void =>
      database.together(() => {
        database.setValue('half', 'done');
        throw new Error('in between');
      });
    expect(failing).toThrow('in between');
    expect(database.getValue('half')).toBeUndefined();
  });
});

describe('CampaignDatabase refuses', () => {
  it('a database of another version, naming both, and leaves it as it was', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const other = new Database(path);
    other.pragma(`user_version = ${schemaVersion + 1}`);
    other.close();
    const { message, exitCode } = refusalOf(path);
    expect(message).toBe(
      `${path}: got "version ${schemaVersion + 1}", expected version ${schemaVersion}, or a new campaign folder`,
    );
    expect(exitCode).toBe(78);
    const after = new Database(path);
    onTestFinished(() => void after.close());
    expect(after.pragma('user_version', { simple: true })).toBe(schemaVersion + 1);
  });

  it('one without tables to read, as a copy is that was made without the log', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const empty = new Database(path);
    onTestFinished(() => void empty.close());
    expect(() => checkDatabase(path, empty)).toThrow(
      `${path}: got "a database without tables", expected one of lean-fuzz, copied with its -wal, or a new campaign folder`,
    );
  });

  it.each([
    ['that is no database at all', Buffer.from('this is no database, '.repeat(400))],
    [
      'with a header and nothing true behind it',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9000, 7)]),
    ],
  ])('a file %s, in one line', (_, content) => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    writeFileSync(path, content);
    const { message, exitCode } = refusalOf(path);
    expect(message).not.toContain('\n');
    expect(message.startsWith(`${path}: got "`)).toBe(true);
    expect(message).toContain('"lean-fuzz repair"');
    expect(exitCode).toBe(78);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('a database that was damaged in the middle, in one line', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const database = CampaignDatabase.open(path);
    for (let i = 0; i < 200; i++)
      database.addEntry({ entry: entry({ id: `e${i}` }), bytes: Buffer.alloc(500, i) }, i);
    database.close();
    const content = readFileSync(path);
    content.fill(0xa5, 4096 * 3, content.length - 4096);
    writeFileSync(path, content);
    const { message, exitCode } = refusalOf(path);
    expect(message).not.toContain('\n');
    expect(message).toContain('"lean-fuzz repair"');
    expect(exitCode).toBe(78);
  });

  it.each([
    ['another table', 'CREATE TABLE more (x)', 'a table more'],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON corpus BEGIN DELETE FROM findings; END', 'a trigger t'],
    ['no table of findings', 'DROP TABLE findings', 'no table findings'],
    [
      'columns of other types',
      'DROP TABLE yields; CREATE TABLE yields (level, kind, name, candidates, new_features, interesting, leads, solutions)',
      'another table yields',
    ],
    ['a view for a table', 'DROP TABLE yields; CREATE VIEW yields AS SELECT 1', 'no table yields'],
  ])('one with %s, naming it', (_, sql, named) => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    CampaignDatabase.open(path).close();
    const hostile = new Database(path);
    hostile.exec(sql);
    hostile.close();
    const { message, exitCode } = refusalOf(path);
    expect(message).toBe(
      `${path}: got "${named}", expected the tables of lean-fuzz, or a new campaign folder`,
    );
    expect(exitCode).toBe(78);
  });

  it('one whose rows have values of other types than their columns', () => {
    const path = join(temporaryFolder(), 'campaign.sqlite');
    const database = CampaignDatabase.open(path);
    database.setValue('seed', 'a text of many characters');
    database.close();
    // The type of the value in the row's header: a BLOB of the same length.
    const content = readFileSync(path);
    const at = content.indexOf('seed' + 'a text of many characters');
    content[at - 1] = (content[at - 1] ?? 0) - 1;
    writeFileSync(path, content);
    expect(refusalOf(path).message).toContain('non-TEXT value');
  });

  it('a place where no file can be', () => {
    const folder = temporaryFolder();
    const { message, exitCode } = refusalOf(folder);
    expect(message).toBe(
      `${folder}: got "unable to open database file", expected a database that is there, in a folder that can be written`,
    );
    expect(exitCode).toBe(78);
  });
});
