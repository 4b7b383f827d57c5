import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Collector } from '../../../../src/campaign/supervise/collector.js';
import { decodeEntry, encodeEntry, encodeFinding } from '../../../../src/share/entry-codec.js';
import { CampaignDatabase } from '../../../../src/store/database.js';
import { candidate, entry, finding, unit } from '../../../support/fakes.js';
import { embedded } from '../../../support/leans.js';
import { smallRegion } from '../../../support/regions.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function collectorOf() {
  const folder = temporaryFolder();
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
  return { region, database, collector, said };
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

  it('refuses to go on where the database can not be written', () => {
    const { region, database, collector, said } = collectorOf();
    region.findingsLog(0).publish(encodeFinding(finding()));
    database.close();
    expect(() => collector.collect()).toThrow();
    expect(said.findings).toEqual([]);
    // It is still there for who opens the region next.
    expect(region.findingsLog(0).read()).toBeDefined();
  });
});
