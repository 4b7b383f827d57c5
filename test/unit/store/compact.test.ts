import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CampaignDatabase } from '../../../src/store/database.js';
import { entry } from '../../support/fakes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function open(): CampaignDatabase {
  const database = CampaignDatabase.open(join(temporaryFolder(), 'campaign.sqlite'));
  onTestFinished(() => database.close());
  return database;
}

function add(database: CampaignDatabase, id: string): void {
  database.addEntry({ entry: entry({ id }), bytes: new Uint8Array(5000) }, 1);
}

it('has the next entry shared with other machines, although it gets the number of one that was', () => {
  const database = open();
  ['a', 'b', 'c'].forEach((id) => add(database, id));
  database.sync.set('one place', 'sent', '3');
  database.sync.set('another place', 'sent', '1');
  database.sync.set('one place', 'session', '9');
  database.deleteEntries([2, 3]);
  expect(database.sync.get('one place', 'sent')).toBe('1');
  expect(database.sync.get('another place', 'sent')).toBe('1');
  expect(database.sync.get('one place', 'session')).toBe('9');
  add(database, 'd');
  expect(database.ownEntries(1, 10).map(({ id }) => id)).toEqual(['d']);
});

it('makes the file smaller by what was deleted', () => {
  const database = open();
  const numbers = Array.from({ length: 200 }, (_, n) => n + 1);
  numbers.forEach((n) => add(database, `e${n}`));
  database.deleteEntries(numbers.slice(20));
  const { before, after } = database.compact();
  expect(before).toBeGreaterThan(1_000_000);
  expect(after).toBeLessThan(before / 5);
  expect(database.countEntries()).toBe(20);
});
