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
    expect(contradiction(given, defaults)).toMatchObject({
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
    const own = ['cores', 'timeMillis', 'stopOnSolution', 'campaignFolder', 'metrics', 'dashboard', 'signal'];
    const shared = Object.keys(defaults).filter((key) => !own.includes(key));
    expect(shared).toHaveLength(Object.keys(defaults).length - own.length);
    expect(Object.keys(comparable(defaults)).sort()).toEqual(shared.sort());
  });

  it('says each in a form that its user can read', () => {
    const options = {
      ...defaults,
      jobMillis: 250,
      mutators: ['/m'],
      lake: 'lake',
      grammar: '/g',
      trace: true,
    };
    expect(comparable(options)).toMatchObject({
      ...{ jobMillis: '250ms', mutators: '/m', lake: 'lake', grammar: '/g', trace: 'on', isolated: 'off' },
      ...{ known: 'none', seed: 'none', depth: '15', level: 'both', checkers: 'none' },
    });
  });

  it('makes paths the same from any folder', () => {
    const relative = comparable({ ...defaults, grammar: 'g.json', known: ['a', 'b'] });
    const absolute = { grammar: join(process.cwd(), 'g.json'), known: ['a', join(process.cwd(), 'b')] };
    expect(relative).toEqual(comparable({ ...defaults, ...absolute }));
    expect(relative['grammar']).toBe(absolute.grammar);
  });
});
