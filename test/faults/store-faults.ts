import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Random } from '../../src/util/random.js';
import { moment, type LiveFault, type RestingFault, type Scene } from './fault-kind.js';

const damaged =
  /undamaged database of lean-fuzz|a database that works|the tables of lean-fuzz|of the campaign's database: got/;
const gone =
  /expected (a folder that stays while its campaign runs|a file or folder that is there|a database that is there)/;
const full = /room on the disk/;

const databaseOf = ({ campaign }: Scene): string => join(campaign, 'campaign.sqlite');

/** Flips some bits of a file, anywhere. */
function flip(random: Random, path: string, bits: number): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r+');
  const { size } = fstatSync(file);
  const byte = Buffer.alloc(1);
  for (; size > 0 && bits > 0; bits--) {
    const at = random.below(size);
    readSync(file, byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ (1 << random.below(8));
    writeSync(file, byte, 0, 1, at);
  }
  closeSync(file);
  return size > 0;
}

function truncate(random: Random, path: string): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  closeSync(file);
  truncateSync(path, random.below(size + 1));
  return true;
}

/** Flips bits of what one row holds: the database itself stays whole. */
function flipInRow(random: Random, path: string, table: 'corpus' | 'findings', column: string): boolean {
  if (!existsSync(path)) return false;
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { fileMustExist: true, timeout: 2000 });
    const row = database
      .prepare(`SELECT number, ${column} AS bytes FROM ${table} ORDER BY random() LIMIT 1`)
      .get() as { number: number; bytes: Buffer } | undefined;
    if (row === undefined || row.bytes.length === 0) return false;
    for (let bits = random.between(1, 8); bits > 0; bits--) {
      const at = random.below(row.bytes.length);
      row.bytes[at] = (row.bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    database.prepare(`UPDATE ${table} SET ${column} = ? WHERE number = ?`).run(row.bytes, row.number);
    return true;
  } catch {
    return false; // damaged or locked by a fault before this one
  } finally {
    database?.close();
  }
}

/** Faults of the files while a campaign writes them. */
export const liveStoreFaults: readonly LiveFault[] = [
  {
    ...{ name: 'fill disk', weight: 8, when: 'running', needs: 'disk', mayEnd: full },
    inject: async ({ disk, random }) => {
      const empty = disk.fill();
      await moment(random, 3000);
      empty();
      return true;
    },
  },
  {
    ...{ name: 'lock database', weight: 6, when: 'running' },
    mayEnd: /no other program has locked/,
    inject: async (scene) => {
      let other: Database.Database | undefined;
      try {
        other = new Database(databaseOf(scene), { fileMustExist: true, timeout: 1000 });
        other.exec(scene.random.pick(['BEGIN IMMEDIATE', 'BEGIN EXCLUSIVE']));
        await moment(scene.random, 2500);
        other.exec('COMMIT');
        return true;
      } catch {
        return false;
      } finally {
        other?.close();
      }
    },
  },
  {
    ...{ name: 'read-only folders of findings', weight: 5, when: 'running', needs: 'disk' },
    inject: async ({ disk, random, campaign, solutions }) => {
      const folder = random.pick([join(campaign, 'leads'), solutions].filter((path) => existsSync(path)));
      const uncover = disk.cover(folder);
      await moment(random, 2500);
      uncover();
      return true;
    },
  },
  {
    ...{ name: 'flip bits of an entry', weight: 4, when: 'running' },
    inject: (scene) => flipInRow(scene.random, databaseOf(scene), 'corpus', 'entry'),
  },
  {
    ...{
      name: 'flip bits of the database',
      weight: 1.5,
      when: 'running',
      harms: 'database',
      mayEnd: damaged,
    },
    inject: (scene) => flip(scene.random, databaseOf(scene), 20),
  },
  {
    ...{ name: 'truncate database', weight: 1.5, when: 'running', harms: 'database', mayEnd: damaged },
    inject: (scene) => truncate(scene.random, databaseOf(scene)),
  },
  {
    ...{ name: 'delete database', weight: 1, when: 'running', harms: 'database', mayEnd: gone },
    inject: (scene) => {
      rmSync(databaseOf(scene), { force: true });
      return true;
    },
  },
  {
    ...{
      name: 'move folder away',
      weight: 1,
      when: 'running',
      harms: 'database',
      takesFolder: true,
      mayEnd: gone,
    },
    inject: ({ campaign }) => {
      if (!existsSync(campaign)) return false;
      rmSync(`${campaign}-moved`, { recursive: true, force: true });
      renameSync(campaign, `${campaign}-moved`);
      return true;
    },
  },
];

/** Faults of the files of a campaign that does not run. */
export const restingFaults: readonly RestingFault[] = [
  {
    ...{ name: 'flip bits of a resting entry', weight: 6, when: 'resting' },
    inject: (scene) => flipInRow(scene.random, databaseOf(scene), 'corpus', 'entry'),
  },
  {
    ...{ name: 'flip bits of a resting finding', weight: 3, when: 'resting' },
    inject: (scene) => flipInRow(scene.random, databaseOf(scene), 'findings', 'finding'),
  },
  {
    ...{
      name: 'flip bits of the resting database',
      weight: 2,
      when: 'resting',
      harms: 'database',
      mayEnd: damaged,
    },
    inject: (scene) => flip(scene.random, databaseOf(scene), scene.random.between(1, 30)),
  },
  {
    ...{ name: 'truncate resting database', weight: 2, when: 'resting', harms: 'database', mayEnd: damaged },
    inject: (scene) => truncate(scene.random, databaseOf(scene)),
  },
  {
    ...{ name: 'delete write-ahead log', weight: 1, when: 'resting', harms: 'database', mayEnd: damaged },
    inject: (scene) => {
      const path = `${databaseOf(scene)}-wal`;
      rmSync(path, { force: true });
      return existsSync(dirname(path));
    },
  },
  {
    ...{ name: 'garbage in summary and lock', weight: 2, when: 'resting' },
    inject: ({ campaign, random }) => {
      if (!existsSync(campaign)) return false;
      for (const name of ['summary.json', 'lock', 'join.sock']) {
        const path = join(campaign, name);
        rmSync(path, { force: true }); // there may be the socket of a campaign that was killed
        writeFileSync(path, Buffer.from(Array.from({ length: 40 }, () => random.below(256))));
      }
      return true;
    },
  },
];
