import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CampaignOptions } from '../../../src/api/campaign.js';
import { defaultCampaignOptions, fillOptions } from '../../../src/options/fill-options.js';
import { keysOf, optionEntries, workerOptions } from '../../../src/options/option-table.js';
import { optionsTable } from '../../../src/options/options-page.js';
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
    [{ level: 'kernal' }, 'level: got "kernal", expected source, kernel or both; did you mean kernel?'],
    [{ target: 'wasm' }, 'target: got "wasm", expected embedded or lake'],
    [{ known: 'file.json' }, 'known: got "file.json", expected a list of paths'],
    [{ mutators: [1] }, 'mutators: got "[1]", expected a list of paths'],
    [{ trace: 'yes' }, 'trace: got "yes", expected true or false'],
    [{ lake: {} }, 'lake: got "{}", expected a program on the PATH, or its path'],
    [{ comparator: '/no/comparator' }, 'comparator: got "/no/comparator", expected a program'],
    [{ seed: null }, 'seed: got "null", expected a whole number from 0'],
    [{ campaignFolder: null }, 'campaignFolder: got "null", expected a path'],
    [{ signal: true }, 'signal: got "true", expected an AbortSignal'],
    [{ kernelMutant: 'none' }, 'kernelMutant: got "none", expected positivity, prop-projection, or'],
    [{ core: 2 }, 'option: got "core", expected one of cores, timeMillis, '],
    [
      { target: 'lake', level: 'kernel' },
      'level: got "kernel", expected source, the one level of the Lake target',
    ],
  ])('refuses %j by its name', (given, message) => {
    expect(() => fillOptions(given as Partial<CampaignOptions>)).toThrow(message.replaceAll('\\"', '"'));
  });

  it('names an option as its user knows it', () => {
    const nameOf = (key: keyof CampaignOptions): string =>
      optionEntries.find(([name]) => name === key)?.[1].flag ?? key;
    expect(() => fillOptions({ depth: 0 }, nameOf)).toThrow('--depth: got "0", expected');
  });
});

describe('the table of options', () => {
  it("names the scope of every option, a flag for all but the library's, and a unit for what is counted", () => {
    const scopes = ['campaign', 'worker', 'guest', 'library'] as const;
    expect(keysOf(...scopes).length).toBe(optionEntries.length);
    for (const [key, { scope, flag, argument, kind, unit, byDefault }] of optionEntries) {
      expect(flag === undefined, key).toBe(scope === 'library');
      expect(argument === undefined, key).toBe(kind.form.is === 'switch' || scope === 'library');
      if (kind.form.is === 'time') expect(unit, key).toBe('ms');
      if (byDefault !== undefined) expect(kind.schema.safeParse(byDefault).success, key).toBe(true);
    }
  });

  it('tells workers what is theirs, in a form that goes through JSON', () => {
    const options = { ...defaultCampaignOptions, seed: 3, grammar: 'g.json', signal: AbortSignal.abort() };
    const told: unknown = JSON.parse(JSON.stringify(workerOptions(options)));
    expect(told).toEqual({
      ...{ seed: 3, depth: 15, level: 'both', grammar: 'g.json', mutators: [], dictionaries: [] },
      ...{ isolated: false, jobMillis: 10_000, trace: false },
    });
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
