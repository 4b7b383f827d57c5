import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newestCampaign } from '../../../src/store/newest-campaign.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function written(folder: string, name: string, seconds: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), '');
  utimesSync(join(folder, name), seconds, seconds);
}

it('is the one that was written to last, its log included', () => {
  const below = temporaryFolder();
  written(join(below, 'old'), 'campaign.sqlite', 1000);
  written(join(below, 'other'), 'campaign.sqlite', 2000);
  mkdirSync(join(below, 'no campaign'));
  expect(newestCampaign(below)).toBe(join(below, 'other'));
  written(join(below, 'old'), 'campaign.sqlite-wal', 3000);
  expect(newestCampaign(below)).toBe(join(below, 'old'));
});

it('is named where there is none', () => {
  const below = join(temporaryFolder(), 'nothing');
  expect(() => newestCampaign(below)).toThrow(
    `${below}: got "no campaign", expected a folder with campaigns`,
  );
});
