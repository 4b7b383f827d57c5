import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Collector } from '../../../../src/campaign/supervise/collector.js';
import type { Finding } from '../../../../src/api/entries.js';
import { decodeEntry, encodeEntry, encodeFinding } from '../../../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { candidate, entry, finding, signatureNamed, unit, verdict } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { smallRegion } from '../../../support/regions.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function collectorOf(folder = temporaryFolder()) {
  const region = smallRegion();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  onTestFinished(() => database.close());
  const said = { findings: [] as string[], errors: [] as string[], notices: [] as string[] };
  const collector = new Collector(region, database, {
    ...{ campaignFolder: folder, solutionsFolder: join(folder, 's'), leadsFolder: join(folder, 'leads') },
    ...{ known: [], target: 'embedded', lean: embedded, mutant: undefined, elapsedSeconds: () => 1 },
    onFinding: ({ id }) => said.findings.push(id),
    onFolder: () => undefined,
    onError: ({ message }) => said.errors.push(message),
    notice: (text) => said.notices.push(text),
  });
  /** Another program at the same database. */
  const breaker = (): Database.Database => {
    const other = new Database(join(folder, 'campaign.sqlite'));
    onTestFinished(() => void other.close());
    return other;
  };
  return { folder, region, database, collector, said, breaker };
}

const other = candidate({ units: [unit({ text: 'def g := 2' })] });

describe('the collector', () => {
  it('stores what workers share, and gives the room of a finding free when it is on disk', () => {
    const { region, database, collector, said } = collectorOf();
    region.corpusLog(0, 'newest').publish(encodeEntry(entry()));
    region.corpusLog(1, 'newest').publish(encodeEntry(entry({ id: '00000000000000ab', candidate: other })));
    const log = region.findingsLog(1);
    log.publish(encodeFinding(finding()));
    collector.collect();
    expect(database.countEntries()).toBe(2);
    expect(said).toEqual({ findings: [expect.any(String) as string], errors: [], notices: [] });
    expect(region.findingsLog(1).read()).toBeUndefined();
    collector.collect();
    expect(said.findings).toHaveLength(1);
  });

  it('adds the features of an entry that it has already', () => {
    const { database, collector } = collectorOf();
    collector.takeEntry(encodeEntry(entry({ features: Uint32Array.of(1, 2) })));
    collector.takeEntry(encodeEntry(entry({ features: Uint32Array.of(2, 9) })));
    expect(database.countEntries()).toBe(1);
    expect([...decodeEntry(database.entryBytes(entry().id)).features]).toEqual([1, 2, 9]);
  });

  it('counts what it can not read, and goes on', () => {
    const { region, database, collector } = collectorOf();
    region.corpusLog(0, 'newest').publish(Uint8Array.of(9, 9, 9));
    region.corpusLog(0, 'newest').publish(encodeEntry(entry()));
    collector.collect();
    expect([collector.damaged, collector.missed, database.countEntries()]).toEqual([1, 0, 1]);
  });

  it('loses nothing where the database can not be written, and stores all of it once when it can', () => {
    const { region, database, collector, said, breaker } = collectorOf();
    region.findingsLog(0).publish(encodeFinding(finding()));
    region.corpusLog(0, 'newest').publish(encodeEntry(entry()));
    region.corpusLog(1, 'newest').publish(Uint8Array.of(9, 9, 9));
    const refuse = (table: string): string =>
      `CREATE TRIGGER no_${table} BEFORE INSERT ON ${table} BEGIN SELECT raise(ABORT, 'no room'); END`;
    breaker().exec(refuse('corpus'));
    expect(() => collector.collect()).toThrow('no room');
    breaker().exec(`DROP TRIGGER no_corpus; ${refuse('findings')}`);
    expect(() => collector.collect()).toThrow('no room');
    expect(() => collector.collect()).toThrow('no room');
    expect([said.findings, database.countEntries(), collector.solutions]).toEqual([[], 1, 0]);
    // It is still there for who opens the region next.
    expect(region.findingsLog(0).read()).toBeDefined();
    breaker().exec('DROP TRIGGER no_findings');
    collector.collect();
    expect(said).toEqual({ findings: [expect.any(String) as string], errors: [], notices: [] });
    expect([database.countEntries(), collector.damaged, collector.solutions]).toEqual([1, 1, 1]);
    expect(region.findingsLog(0).read()).toBeUndefined();
  });

  it('writes the folder of a finding that no database takes any more, and says where it is', () => {
    const { region, collector, said, breaker } = collectorOf();
    region.findingsLog(0).publish(encodeFinding(finding()));
    breaker().exec("CREATE TRIGGER no BEFORE INSERT ON findings BEGIN SELECT raise(ABORT, 'no room'); END");
    expect(() => collector.collect()).toThrow('no room');
    expect(collector.rescue()).toMatch(/^solution \w+ is in .*\/s\/solution-\w+ only$/);
    expect(said.findings).toHaveLength(1);
    expect(collector.rescue()).toBeUndefined();
  });

  it.each(['found', 'named'] as const)(
    'takes a %s finding into the database of the next run that this one could only write into a folder',
    (form) => {
      const { folder, region, database, collector, said, breaker } = collectorOf();
      region.findingsLog(0).publish(encodeFinding({ ...finding(), form }));
      breaker().exec("CREATE TRIGGER no BEFORE INSERT ON findings BEGIN SELECT raise(ABORT, 'no room'); END");
      expect(() => collector.collect()).toThrow('no room');
      collector.rescue();
      expect(database.findings.ids()).toEqual([]);
      breaker().exec('DROP TRIGGER no');
      const next = collectorOf(folder);
      next.collector.finish();
      expect(next.database.findings.ids()).toEqual(said.findings);
      expect(next.database.findings.unwritten()).toEqual([]);
      // It has been heard of, and stays: nobody hears of it again.
      expect(next.database.findings.byId(said.findings[0] ?? '')?.isAnnounced).toBe(true);
      expect(next.said).toMatchObject({ findings: [], errors: [] });
      expect(next.said.notices).toEqual([expect.stringContaining('is in it now')]);
      const last = collectorOf(folder);
      last.collector.finish();
      expect(last.said.notices).toEqual([]);
    },
  );

  it('keeps the id that a signature has where the database can no longer say it', () => {
    const { folder, region, collector, said, breaker } = collectorOf();
    const asked = signatureNamed('asked');
    collector.takeFinding(encodeFinding(finding({ form: 'named', asked })));
    const larger = candidate({ units: [unit({ text: 'def another := 1 + 1 + 1 + 1' })] });
    const publish = (parts: Partial<Finding>): boolean =>
      region.findingsLog(0).publish(encodeFinding(finding({ form: 'named', ...parts })));
    const fresh = verdict({ signature: signatureNamed('fresh') });
    publish({ candidate: larger });
    publish({ candidate: larger, verdict: verdict({ signature: asked }) });
    publish({ candidate: larger, verdict: fresh });
    publish({ candidate: other, verdict: fresh });
    breaker().exec('DROP TABLE findings; DROP TABLE finding_names');
    expect(() => collector.collect()).toThrow('no such table');
    expect(collector.rescue()).toMatch(
      /^solution (\w+) is in \S+ only; solution (\w+) is in \S+ only; solution \2 /,
    );
    const [id, again, freshId, ...more] = said.findings;
    expect([again, more]).toEqual([id, []]);
    expect(freshId).not.toBe(id);
    expect(readdirSync(join(folder, 'rescued')).sort()).toEqual([id, freshId].sort());
  });

  it('passes over what an earlier run could only write into a folder and nobody can read, and says which', () => {
    const { folder, database, collector, said } = collectorOf();
    const [damaged, large, good] = ['0000000000000001', '0000000000000002', '0000000000000003'];
    mkdirSync(join(folder, 'rescued'));
    writeFileSync(join(folder, 'rescued', damaged), Uint8Array.of(1, 2));
    writeFileSync(join(folder, 'rescued', large), '');
    truncateSync(join(folder, 'rescued', large), 2 ** 31);
    writeFileSync(join(folder, 'rescued', good), encodeFinding(finding()));
    collector.collect();
    collector.collect();
    expect(said.notices.sort()).toEqual([
      expect.stringContaining(`rescued/${damaged}, a finding of an earlier run, can't be read`),
      expect.stringContaining(`rescued/${large}`),
      expect.stringContaining('which the database could not take before, is in it now'),
    ]);
    expect([database.findings.ids().length, collector.damaged]).toEqual([1, 2]);
    expect(readdirSync(join(folder, 'rescued'))).toEqual([damaged, large]);
  });

  it('passes over a stored finding that is damaged, names it once, and counts it', () => {
    const { collector, said, breaker } = collectorOf();
    collector.takeFinding(encodeFinding({ ...finding(), form: 'found' }));
    breaker().exec("UPDATE findings SET finding = x'0102'");
    collector.finish();
    collector.finish();
    expect(said.notices).toEqual([expect.stringMatching(/^solution \w+ can't be read any more: its row/)]);
    expect([said.findings, collector.damaged]).toEqual([[], 1]);
  });
});
