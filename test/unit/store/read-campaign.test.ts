import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repairCampaign } from '../../../src/campaign/offline/repair.js';
import { CampaignDatabase } from '../../../src/store/database.js';
import { readCampaign } from '../../../src/store/read-campaign.js';
import { UserError } from '../../../src/util/errors.js';
import { finding, leadVerdict, signatureNamed } from '../../support/fakes.js';
import { embedded } from '../../support/leans.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function campaignWith(key: string, value: string): string {
  const folder = temporaryFolder();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  database.setValue(key, value);
  database.close();
  return folder;
}

it('reads the figures of canaries', () => {
  const folder = campaignWith('totals', '{"canaries":12,"canaries_wrong":1}');
  expect(readCampaign(folder).canaries).toEqual({ asked: 12, wrong: 1 });
  expect(readCampaign(campaignWith('totals', '{}')).canaries).toEqual({ asked: 0, wrong: 0 });
});

it.each([
  ['totals', '{'],
  ['totals', 'null'],
  ['totals', '{"canaries":"<b>"}'],
  ['errors', '[1e999]'],
  ['opinions', '{}'],
  ['opinions', '{"asked":"x"}'],
  ['options', '[]'],
  ['seed', 'x'],
  ['elapsedSeconds', 'NaN'],
])('names a stored value that is none, %s %s, and goes on when it was repaired', (key, value) => {
  const folder = campaignWith(key, value);
  expect(() => readCampaign(folder)).toThrow(UserError);
  expect(() => readCampaign(folder)).toThrow(`"${key}" of the campaign's database: got`);
  expect(repairCampaign(folder).kind).toBe('repaired');
  expect(readCampaign(folder)).toMatchObject({ findings: [] });
});

it('tells findings without a name of their own from those whose folders are owed', () => {
  const folder = temporaryFolder();
  const database = CampaignDatabase.open(join(folder, 'campaign.sqlite'));
  for (const [id, form] of [
    ['young', 'found'],
    ['owed', 'named'],
  ] as const) {
    const verdict = leadVerdict({ signature: signatureNamed(id) });
    const stored = { bytes: Uint8Array.of(1), text: '', size: 1, known: undefined };
    const rest = { target: 'embedded', lean: embedded, mutant: undefined, elapsedSeconds: 1 } as const;
    database.findings.put({ ...stored, ...rest, finding: finding({ id, form, verdict }) });
  }
  database.close();
  const told = readCampaign(folder).findings.map(({ id, isUnnamed }) => [id, isUnnamed]);
  expect(told).toEqual([
    ['young', true],
    ['owed', undefined],
  ]);
});
