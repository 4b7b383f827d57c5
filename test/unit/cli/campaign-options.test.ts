import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CampaignOptions } from '../../../src/api/campaign.js';
import {
  addCampaignOptions,
  readCampaignOptions,
  type CommandLineOptions,
} from '../../../src/cli/campaign-options.js';
import { optionEntries, optionTable } from '../../../src/options/option-table.js';
import { aboutOf, defaultOf, usageOf } from '../../../src/options/options-page.js';
import { packageRoot } from '../../../src/util/package.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

function commandWith(...args: string[]): Command {
  const command = addCampaignOptions(new Command()).exitOverride();
  return command.parse(args, { from: 'user' });
}

function read(...args: string[]): Promise<CommandLineOptions> {
  return readCampaignOptions(commandWith(...args));
}

/** The options that a command line comes to. */
async function parse(...args: string[]): Promise<CampaignOptions> {
  return (await read(...args)).options;
}

function programAt(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

describe('readCampaignOptions', () => {
  it('fills every option', async () => {
    const { cores, ...options } = await parse();
    expect(cores).toBeGreaterThan(0);
    expect(options).toEqual({
      depth: 15,
      mutators: [],
      dictionaries: [],
      target: 'embedded',
      lean: 'auto',
      template: join(packageRoot, 'template'),
      lake: 'lake',
      confirm: true,
      level: 'both',
      solutionsFolder: 'solutions',
      stopOnSolution: 'off',
      known: [],
      against: [],
      checkers: [],
      coverage: 'kernel',
      isolated: false,
      syncDirection: 'both',
      syncBandwidth: 1024,
      syncKeep: 256,
      syncLimits: 'own',
      collect: 'auto',
      jobMillis: 10_000,
      memoryLimitMiB: 1024,
      minimizeMillis: 20_000,
      trace: false,
    });
    // Options that nobody gave are there as undefined: no reader has to ask whether the key is.
    expect(Object.keys(options).sort()).toEqual(
      Object.keys(optionTable)
        .filter((key) => key !== 'cores')
        .sort(),
    );
  });

  it('stops on any solution by the plain flag, on new ones by the word', async () => {
    expect((await parse('--stop-on-solution')).stopOnSolution).toBe('any');
    expect((await parse('--stop-on-solution', 'any')).stopOnSolution).toBe('any');
    expect((await parse('--stop-on-solution', 'new')).stopOnSolution).toBe('new');
    await expect(parse('--stop-on-solution', 'old')).rejects.toThrow(
      '--stop-on-solution: got "old", expected off, any or new',
    );
  });

  it('takes several files of known signatures', async () => {
    expect((await parse('--known', 'a.json', '--known', 'b.json')).known).toEqual(['a.json', 'b.json']);
  });

  it('takes what was given', async () => {
    const given = ['--cores', '3', '--time', '2m', '--runs', '9', '--seed', '0', '--depth', '4', '--trace'];
    expect(await parse(...given, '--campaign', 'c', '--solutions', 's', '--timeout', '250ms')).toMatchObject({
      ...{ cores: 3, timeMillis: 120_000, runs: 9, seed: 0, depth: 4, trace: true },
      ...{ campaignFolder: 'c', solutionsFolder: 's', jobMillis: 250 },
    });
    expect(await parse('--target', 'lake', '--no-confirm')).toMatchObject({
      target: 'lake',
      confirm: false,
      jobMillis: 120_000,
      level: 'source',
    });
    expect((await parse('--kernel-mutant', 'positivity')).kernelMutant).toBe('positivity');
  });

  it('takes a program from its option before the environment, and names the one that is none', async () => {
    const folder = temporaryFolder();
    const [one, two] = [programAt(folder, 'one'), programAt(folder, 'two')];
    vi.stubEnv('COMPARATOR_PATH', two);
    vi.stubEnv('SAFEVERIFY_PATH', two);
    const { options, named } = await read('--comparator', one);
    expect(options).toMatchObject({ comparator: one, safeVerify: two });
    // A variable is no word of this terminal's about the campaign that it joins.
    expect([...named.given]).toEqual([['comparator', '--comparator']]);
    expect([...named.settings]).toEqual([['safeVerify', 'SAFEVERIFY_PATH']]);
    vi.stubEnv('SAFEVERIFY_PATH', '/no/verify');
    await expect(parse()).rejects.toThrow('SAFEVERIFY_PATH: got "/no/verify", expected a program');
    expect((await parse('--safeverify', one)).safeVerify).toBe(one);
  });

  it("puts a command's own defaults behind the command line", async () => {
    const own = { seed: 1, runs: 600 };
    const { options, named } = await readCampaignOptions(commandWith('--runs', '5'), own);
    expect(options).toMatchObject({ seed: 1, runs: 5 });
    expect([...named.given]).toEqual([['runs', '--runs']]);
  });

  it('tells what was given from what is a default, by key and name', async () => {
    const args = ['--depth', '15', '--no-confirm', '--mutator', 'm.mjs', '--safeverify', '/bin/sh'];
    expect(Object.fromEntries((await read(...args)).named.given)).toEqual({
      ...{ depth: '--depth', confirm: '--no-confirm', mutators: '--mutator', safeVerify: '--safeverify' },
    });
  });

  it('refuses the kernel level on the Lake target', async () => {
    await expect(parse('--target', 'lake', '--level', 'both')).rejects.toThrow(
      '--level: got "both", expected source',
    );
  });

  it.each([
    ['--cores', '0', 'a whole number from 1 to 255'],
    ['--cores', '256', 'a whole number from 1 to 255'],
    ['--time', 'abc', 'a time such as 90s, 10m or 2h'],
    ['--runs', '0', 'a whole number from 1'],
    ['--seed', '-1', 'a whole number from 0'],
    ['--depth', '1001', 'a whole number from 1 to 1000'],
    ['--timeout', '0', 'a time such as'],
    ['--memory-limit', '2049', 'a whole number from 256 to 2048'],
    ['--level', 'word', 'source, kernel or both'],
    ['--target', 'moon', 'embedded or lake'],
    ['--comparator', '/no/such/comparator', 'a program'],
    [
      '--kernel-mutant',
      'none',
      'positivity, prop-projection, or SYMBOL+0xOFFSET[:always|:never] of a branch of a native kernel',
    ],
    ['--grammar', '', 'a path'],
    ['--lake', '', 'a program on the PATH, or its path'],
  ])('refuses %s %s and names all three: option, value, expectation', async (option, value, expected) => {
    await expect(parse(`${option}=${value}`)).rejects.toThrow(
      `${option}: got "${value}", expected ${expected}`,
    );
  });
});

describe('--help', () => {
  /** Its options: a flag with what stands behind it, and what is said of it. */
  function helpLines(): Map<string, string> {
    const help = commandWith().configureHelp({ helpWidth: 10_000 }).helpInformation();
    const rows = help.split('\n').flatMap((line) => {
      const match = /^ {2}((?:-[^h], )?--.*?) {2,}(.*)$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const];
    });
    return new Map(rows);
  }

  it('has every option of the table, its default and its meaning, and no other', () => {
    const lines = helpLines();
    const shown = optionEntries.filter(([, { flag, hidden }]) => flag !== undefined && hidden !== true);
    expect([...lines.keys()].sort()).toEqual(shown.map(([, entry]) => usageOf(entry)).sort());
    for (const [key, entry] of shown) {
      const said = lines.get(usageOf(entry)) ?? '';
      expect(said, key).toContain(aboutOf(entry));
      if (entry.kind.form.is !== 'switch') expect(said, key).toContain(`(default: ${defaultOf(entry)})`);
    }
  });
});
