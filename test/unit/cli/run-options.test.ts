import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CampaignOptions } from '../../../src/api/campaign.js';
import {
  addRunOptions,
  campaignOptions,
  givenOptions,
  type RawRunOptions,
} from '../../../src/cli/run-options.js';
import { packageRoot } from '../../../src/util/package.js';

/** The options that a command line comes to. */
function parse(...args: string[]): CampaignOptions {
  const command = addRunOptions(new Command()).exitOverride();
  command.parse(args, { from: 'user' });
  return campaignOptions(command.opts<RawRunOptions>());
}

describe('campaignOptions', () => {
  it('fills every option', () => {
    const { cores, ...options } = parse();
    expect(cores).toBeGreaterThan(0);
    expect(options).toEqual({
      timeMillis: null,
      runs: null,
      seed: null,
      depth: 15,
      grammar: null,
      mutators: [],
      importFolder: null,
      target: 'embedded',
      lean: 'auto',
      lake: {
        template: join(packageRoot, 'template'),
        lake: 'lake',
        checkers: { comparator: null, safeVerify: null, lean4export: null, nanoda: null },
      },
      confirm: true,
      level: 'source',
      campaignFolder: null,
      solutionsFolder: 'solutions',
      stopOnSolution: 'off',
      known: [],
      isolated: false,
      jobMillis: 10_000,
      memoryLimitMiB: 1024,
      trace: false,
      kernelMutant: null,
    });
  });

  it('stops on any solution by the plain flag, on new ones by the word', () => {
    expect(parse('--stop-on-solution').stopOnSolution).toBe('any');
    expect(parse('--stop-on-solution', 'any').stopOnSolution).toBe('any');
    expect(parse('--stop-on-solution', 'new').stopOnSolution).toBe('new');
    expect(() => parse('--stop-on-solution', 'old')).toThrow(
      '--stop-on-solution: got "old", expected any or new',
    );
  });

  it('takes several files of known signatures', () => {
    expect(parse('--known', 'a.json', '--known', 'b.json').known).toEqual(['a.json', 'b.json']);
  });

  it('takes what was given', () => {
    const given = ['--cores', '3', '--time', '2m', '--runs', '9', '--seed', '0', '--depth', '4', '--trace'];
    expect(parse(...given, '--campaign', 'c', '--solutions', 's', '--timeout', '250ms')).toMatchObject({
      ...{ cores: 3, timeMillis: 120_000, runs: 9, seed: 0, depth: 4, trace: true },
      ...{ campaignFolder: 'c', solutionsFolder: 's', jobMillis: 250 },
    });
    expect(parse('--target', 'lake', '--no-confirm')).toMatchObject({
      target: 'lake',
      confirm: false,
      jobMillis: 120_000,
    });
    expect(parse('--kernel-mutant', 'positivity').kernelMutant).toBe('positivity');
  });

  it('tells what was given from what is a default, by field and name', () => {
    const command = addRunOptions(new Command()).exitOverride();
    command.parse(['--depth', '15', '--no-confirm', '--mutator', 'm.mjs', '--safeverify', 'sv'], {
      from: 'user',
    });
    expect(Object.fromEntries(givenOptions(command))).toEqual({
      ...{ depth: '--depth', confirm: '--no-confirm', mutators: '--mutator', safeVerify: '--safeverify' },
    });
  });

  it('gives every option that terminals must agree about the field that it is compared by', () => {
    const command = addRunOptions(new Command());
    for (const option of command.options) command.setOptionValueWithSource(option.attributeName(), '', 'cli');
    const fields = [...givenOptions(command).keys()];
    const { lake, ...rest } = parse();
    const known = Object.keys({ ...rest, ...lake, ...lake.checkers }).filter((field) => field !== 'checkers');
    expect(fields.sort()).toEqual(known.sort());
  });

  it('refuses the kernel level on the Lake target', () => {
    expect(() => parse('--target', 'lake', '--level', 'both')).toThrow(
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
    ['--level', 'word', 'source'],
    ['--target', 'moon', 'embedded or lake'],
    ['--comparator', '/no/such/comparator', 'a program'],
    ['--kernel-mutant', 'none', 'one of positivity'],
  ])('refuses %s %s and names all three: option, value, expectation', (option, value, expected) => {
    expect(() => parse(`${option}=${value}`)).toThrow(`${option}: got "${value}", expected ${expected}`);
  });
});
