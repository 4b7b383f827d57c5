import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparable, contradiction, givenOptions } from '../../../../src/campaign/join/agreement.js';
import { defaultCampaignOptions as defaults } from '../../../../src/options/fill-options.js';

describe('contradiction', () => {
  it('finds none where nothing was given, whatever the defaults are', () => {
    const given = givenOptions(defaults, new Map());
    expect(contradiction(given, { ...defaults, level: 'kernel', seed: 7, depth: 3 })).toBeUndefined();
  });

  it('looks only at what was given', () => {
    const names = new Map([['level', '--level']]);
    const given = givenOptions({ ...defaults, level: 'kernel' }, names);
    expect(given).toEqual([{ key: 'level', name: '--level', value: 'kernel' }]);
    expect(contradiction(given, { ...defaults, level: 'kernel', seed: 7 })).toBeUndefined();
    expect(contradiction(given, { ...defaults, level: 'both' })).toMatchObject({
      exitCode: 2,
      message: '--level: got "kernel", expected both, as the campaign that is joined has it',
    });
  });

  it('leaves a guest what is its own', () => {
    const names = new Map(
      ['cores', 'timeMillis', 'stopOnSolution', 'campaignFolder'].map((key) => [key, key]),
    );
    expect(givenOptions({ ...defaults, cores: 3, timeMillis: 5, stopOnSolution: 'any' }, names)).toEqual([]);
  });
});

describe('comparable', () => {
  it('has every option but those', () => {
    const { cores, timeMillis, stopOnSolution, campaignFolder, lake, ...shared } = defaults;
    expect([cores, timeMillis, stopOnSolution, campaignFolder]).toHaveLength(4);
    const { checkers, ...toolchain } = lake;
    const keys = Object.keys({ ...shared, ...toolchain, ...checkers });
    expect(Object.keys(comparable(defaults)).sort()).toEqual(keys.sort());
  });

  it('makes paths the same from any folder', () => {
    const relative = comparable({ ...defaults, grammar: 'g.json', known: ['a', 'b'] });
    const absolute = { grammar: join(process.cwd(), 'g.json'), known: ['a', join(process.cwd(), 'b')] };
    expect(relative).toEqual(comparable({ ...defaults, ...absolute }));
    expect(relative['grammar']).toBe(absolute.grammar);
  });
});
