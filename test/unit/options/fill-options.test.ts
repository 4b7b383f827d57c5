import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CampaignOptions } from '../../../src/api/campaign.js';
import { comparable } from '../../../src/campaign/join/agreement.js';
import { campaignOptionTable } from '../../../src/options/campaign-options.js';
import { defaultCampaignOptions, fillOptions, optionsTable } from '../../../src/options/fill-options.js';
import { packageRoot } from '../../../src/util/package.js';

describe('fillOptions', () => {
  it('takes what is undefined for not said', () => {
    expect(fillOptions({ cores: undefined, known: undefined, lake: undefined })).toEqual(
      defaultCampaignOptions,
    );
  });

  it('gives a command of the Lake target more time, where nothing else is said', () => {
    expect(fillOptions({ target: 'lake' }).jobMillis).toBe(120_000);
    expect(fillOptions({ target: 'lake', jobMillis: 5 }).jobMillis).toBe(5);
    expect(fillOptions({}).jobMillis).toBe(10_000);
  });

  it.each<[unknown, string]>([
    [{ cores: 0 }, 'cores: got "0", expected a whole number from 1 to 255'],
    [{ cores: 1.5 }, 'cores: got "1.5", expected a whole number from 1 to 255'],
    [{ cores: null }, 'cores: got "null", expected a whole number from 1 to 255'],
    [{ timeMillis: '5s' }, 'timeMillis: got "5s", expected a number of milliseconds from 1'],
    [{ timeMillis: NaN }, 'timeMillis: got "null", expected a number of milliseconds from 1'],
    [{ level: 'all' }, 'level: got "all", expected source, kernel or both'],
    [{ target: 'wasm' }, 'target: got "wasm", expected embedded or lake'],
    [{ known: 'file.json' }, 'known: got "file.json", expected a list of paths'],
    [{ mutators: [1] }, 'mutators: got "[1]", expected a list of paths'],
    [{ trace: 'yes' }, 'trace: got "yes", expected true or false'],
    [{ lake: { lake: 'lake' } }, 'lake: got "{\\"lake\\":\\"lake\\"}", expected an object with template'],
    [{ kernelMutant: 'none' }, 'kernelMutant: got "none", expected positivity'],
    [{ core: 2 }, 'option: got "core", expected one of cores, timeMillis, '],
    [
      { target: 'lake', level: 'kernel' },
      'level: got "kernel", expected source, the one level of the Lake target',
    ],
  ])('refuses %j by its name', (given, message) => {
    expect(() => fillOptions(given as Partial<CampaignOptions>)).toThrow(message.replaceAll('\\"', '"'));
  });

  it('names an option as its user knows it', () => {
    const nameOf = (key: keyof CampaignOptions): string => campaignOptionTable[key].flag;
    expect(() => fillOptions({ depth: 0 }, nameOf)).toThrow('--depth: got "0", expected');
  });
});

describe('the table of options', () => {
  it('says which options guests must have in common', () => {
    const compared = new Set(Object.keys(comparable(defaultCampaignOptions)));
    const common = Object.entries(campaignOptionTable).filter(([, { scope }]) => scope === 'campaign');
    expect(common.map(([key]) => key).filter((key) => !compared.has(key))).toEqual([]);
    const own = Object.entries(campaignOptionTable).filter(([, { scope }]) => scope === 'terminal');
    expect(own.map(([key]) => key).filter((key) => compared.has(key))).toEqual([]);
  });

  it('is the one of the documentation', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'options.md'), 'utf8');
    const cells = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('|') && !line.startsWith('| -'))
        .map((line) => line.replace(/ +/g, ' '));
    expect(cells(page)).toEqual(cells(optionsTable()));
  });
});
