import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CampaignOptions } from '../../../src/api/campaign.js';
import { keptOptions, resumedOptions } from '../../../src/campaign/resumed-options.js';
import { defaultCampaignOptions, fillOptions, type GivenOptions } from '../../../src/options/fill-options.js';
import { optionEntries, optionTable, resumedKeys } from '../../../src/options/option-table.js';
import { UserError } from '../../../src/util/errors.js';

const kept = keptOptions(
  fillOptions({ level: 'kernel', depth: 20, seed: 7, mutators: ['/a/m.mjs'], lean: '/lean' }),
);

const flagsOf = (named: GivenOptions) => new Map(Object.keys(named).map((key) => [key, `--${key}`]));

/** The options that a campaign goes on with where these are named, and the notices about it. */
function resumed(named: GivenOptions, stored = kept, names = flagsOf(named)) {
  const notices: string[] = [];
  const options = resumedOptions(stored, fillOptions(named), { given: names, settings: new Map() }, (text) =>
    notices.push(text),
  );
  return { options, notices };
}

describe('a campaign that is resumed', () => {
  it('goes on with what it had', () => {
    const { options, notices } = resumed({ cores: 2 });
    expect(options).toMatchObject({
      ...{ level: 'kernel', depth: 20, seed: 7, mutators: ['/a/m.mjs'], lean: '/lean' },
      cores: 2,
    });
    expect(notices).toEqual([]);
  });

  it('takes another value that is named, and says so', () => {
    const { options, notices } = resumed({ depth: 5, level: 'kernel' });
    expect(options).toMatchObject({ depth: 5, level: 'kernel' });
    expect(notices).toEqual(['--depth is 5 from now on; this campaign had 20']);
    const first = resumed({ level: 'source', grammar: '/g.json' });
    expect(first.notices).toEqual([
      '--level is source from now on; this campaign had kernel',
      '--grammar is /g.json from now on; this campaign had none',
    ]);
  });

  it('says of a flag that takes something away whether it stands', () => {
    const flag = new Map([['confirm', '--no-confirm']]);
    const said = resumed({ confirm: false }, kept, flag).notices;
    expect(said).toEqual(['--no-confirm is on from now on; this campaign had off']);
  });

  it('goes on with what it had where a file or the environment says otherwise, and says so in one line', () => {
    const settings = new Map([
      ...(['depth', 'grammar', 'kernelMutant', 'level', 'cores'] as const).map(
        (key) => [key, `f.json: ${key}`] as const,
      ),
      ['sync', 'LEAN_FUZZ_SYNC'],
    ]);
    const options = fillOptions({
      ...{ depth: 3, grammar: '/g.json', kernelMutant: 'positivity', level: 'kernel', cores: 1 },
      ...{ sync: 'redis://h', lean: 'embedded' },
    });
    const said: string[] = [];
    const tell = (text: string) => said.push(text);
    const isolated = JSON.stringify({ ...(JSON.parse(kept) as object), isolated: true });
    const resumed = resumedOptions(isolated, options, { given: new Map(), settings }, tell);
    expect(resumed).toMatchObject({ depth: 20, level: 'kernel', cores: 1, isolated: true });
    expect([resumed.grammar, resumed.kernelMutant, resumed.sync]).toEqual([undefined, undefined, undefined]);
    expect(said).toEqual([
      'this campaign goes on with what it had; not used: LEAN_FUZZ_SYNC, f.json: depth, f.json: grammar, f.json: kernelMutant',
    ]);
  });

  it('keeps its seed, its target and its planted bug', () => {
    expect(() => resumed({ seed: 8 })).toThrow(
      '--seed: got "8", expected 7, as the campaign that is resumed has it',
    );
    expect(() => resumed({ target: 'lake', level: 'source' })).toThrow('--target: got "lake"');
    expect(resumed({ seed: 7 }).options.seed).toBe(7);
  });

  it('refuses what does not go with what it had', () => {
    const ofLake = keptOptions(fillOptions({ target: 'lake' }));
    expect(() => resumed({ level: 'kernel' }, ofLake)).toThrow('--level: got "kernel"');
    expect(resumed({}, ofLake).options).toMatchObject({ target: 'lake', jobMillis: 120_000 });
  });

  it.each(['{', '7', '{"depth":"deep"}', '{"level":"all"}'])('is refused where it kept %s', (stored) => {
    const read = () => resumed({}, stored);
    expect(read).toThrow(UserError);
    expect(read).toThrow('"options" of the campaign\'s database');
  });
});

describe('what a campaign keeps', () => {
  /** For each option of all terminals that a campaign goes on with, a value that is not its default. */
  const others = {
    ...{
      seed: 9,
      depth: 3,
      level: 'kernel' as const,
      lean: '/lean',
      against: ['4.30.0'],
      checkers: ['a=b $IN'],
    },
    ...{
      coverage: 'off' as const,
      grammar: '/g.json',
      mutators: ['/m.mjs'],
      dictionaries: ['/d'],
      solutionsFolder: '/s',
    },
    ...{ known: ['/k.json'], isolated: true, jobMillis: 77, memoryLimitMiB: 512, trace: true },
    ...{
      kernelMutant: 'positivity' as const,
      target: 'embedded' as const,
      minimizeMillis: 5,
      confirm: false,
    },
    ...{ template: '/t', lake: '/bin/lake', comparator: '/bin/sh', safeVerify: '/bin/sh' },
    ...{ lean4export: '/bin/sh', syncDirection: 'up' as const, syncMillis: 5, syncBandwidth: 9, syncKeep: 8 },
    collect: 'on' as const,
  } satisfies Partial<CampaignOptions>;

  it('is every option but those of each run', () => {
    expect(Object.keys(others).sort()).toEqual([...resumedKeys].sort());
    const stored = keptOptions({ ...defaultCampaignOptions, ...others });
    expect(resumed({}, stored).options).toMatchObject(others);
    const ofRun = optionEntries.filter(([, { resumed: how }]) => how === 'each run').map(([key]) => key);
    // The address of an engine may hold a password, which is never stored; whose limits hold goes with it.
    expect(ofRun).toEqual(['runs', 'importFolder', 'sync', 'syncFolder', 'syncLimits']);
  });

  it.each(Object.keys(others) as (keyof typeof others)[])(
    'of %s, another value is said or refused',
    (key) => {
      const stored = keptOptions({ ...defaultCampaignOptions, ...others });
      // The Lean is looked at when it is there; the Lake target has no kernel level.
      if (key === 'target' || key === 'lean') return;
      const without: Readonly<Record<string, unknown>> = {
        ...{ seed: 8, kernelMutant: 'prop-projection', grammar: '/h.json', syncMillis: 7 },
      };
      const given = { [key]: optionTable[key].byDefault ?? without[key] ?? '/bin/ls' };
      if (key === 'seed' || key === 'kernelMutant')
        expect(() => resumed(given, stored)).toThrow(
          /^--\w+: got "[^\n]*as the campaign that is resumed has it$/,
        );
      else
        expect(resumed(given, stored).notices).toEqual([
          expect.stringMatching(new RegExp(`^--${key} is [^\\n]* from now on; this campaign had [^\\n]*$`)),
        ]);
    },
  );

  it('is said by paths from the root; the template of the package is where the package is', () => {
    const stored = JSON.parse(
      keptOptions(fillOptions({ solutionsFolder: 's', known: ['k'], lake: './lake', against: ['.', 'v4'] })),
    ) as Record<string, unknown>;
    expect(stored).toMatchObject({
      ...{ solutionsFolder: resolve('s'), known: [resolve('k')], lake: resolve('lake') },
      against: [resolve('.'), 'v4'],
    });
    expect(Object.keys(stored)).not.toContain('template');
  });

  it('names a program that has gone since, unless another is named', () => {
    const stored = JSON.stringify({ comparator: '/no/such/comparator' });
    expect(() => resumed({}, stored)).toThrow(
      'comparator of the campaign: got "/no/such/comparator", expected a program',
    );
    expect(resumed({ comparator: '/bin/sh' }, stored).options.comparator).toBe('/bin/sh');
  });
});
