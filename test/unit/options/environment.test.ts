import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/options/environment.js';
import { optionEntries, variablesOf } from '../../../src/options/option-table.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('readEnvironment', () => {
  it('takes the environment before .env, and an empty value for none', () => {
    const envFile = join(temporaryFolder(), '.env');
    writeFileSync(envFile, 'COMPARATOR_PATH=/three\nSAFEVERIFY_PATH="/three"\nLEAN4EXPORT_PATH=/three\n');
    const environment = { COMPARATOR_PATH: '/two', LEAN4EXPORT_PATH: '' };
    expect(readEnvironment(environment, envFile).settings).toEqual([
      { key: 'comparator', name: 'COMPARATOR_PATH', from: 'environment', value: '/two' },
      { key: 'safeVerify', name: `${envFile}: SAFEVERIFY_PATH`, from: 'environment', value: '/three' },
    ]);
    expect(readEnvironment({}, '/no/.env')).toEqual({ settings: [], notes: [] });
  });

  it('has a variable for each option that has a flag, read as the flag is', () => {
    const environment = {
      ...{ LEAN_FUZZ_TIME: '2m', LEAN_FUZZ_CORES: '3', LEAN_FUZZ_CONFIRM: 'off', LEAN_FUZZ_ISOLATED: '1' },
      ...{ LEAN_FUZZ_MUTATOR: 'a.mjs', LEAN_FUZZ_AGAINST: '["a b", "c"]', LEAN_FUZZ_STOP_ON_SOLUTION: 'new' },
    };
    const read = readEnvironment(environment, '/no/.env').settings.map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(read)).toEqual({
      ...{ timeMillis: 120_000, cores: 3, confirm: false, isolated: true },
      ...{ mutators: ['a.mjs'], against: ['a b', 'c'], stopOnSolution: 'new' },
    });
    const variables = optionEntries.flatMap(([, entry]) => variablesOf(entry).slice(0, 1));
    expect(new Set(variables).size).toBe(optionEntries.filter(([, { flag }]) => flag !== undefined).length);
  });

  it.each([
    ['LEAN_FUZZ_CORES', 'two', 'a whole number from 1 to 255'],
    ['LEAN_FUZZ_TIME', 'soon', 'a time such as 90s'],
    ['LEAN_FUZZ_TRACE', 'maybe', 'true or false'],
    ['LEAN_FUZZ_TRACE', 'constructor', 'true or false'],
    ['LEAN_FUZZ_KNOWN', '[', 'one value, or a list of them as JSON'],
  ])('refuses %s=%s by its name', (name, value, expected) => {
    expect(() => readEnvironment({ [name]: value }, '/no/.env')).toThrow(
      `${name}: got "${value}", expected ${expected}`,
    );
  });

  it('says of a variable that is none which one may be meant', () => {
    const environment = { LEAN_FUZZ_DEPHT: '3', LEAN_FUZZ_WEATHER: 'x', LEAN_FUZZ_CACHE: '/c', OTHER: 'x' };
    expect(readEnvironment(environment, '/no/.env')).toEqual({
      settings: [],
      notes: [
        'LEAN_FUZZ_DEPHT is no variable of lean-fuzz; did you mean LEAN_FUZZ_DEPTH?',
        'LEAN_FUZZ_WEATHER is no variable of lean-fuzz',
      ],
    });
  });

  it('refuses a .env that is no file, and does not wait for it', () => {
    const envFile = join(temporaryFolder(), '.env');
    execFileSync('mkfifo', [envFile]);
    expect(() => readEnvironment({}, envFile)).toThrow(`${envFile}: got "a pipe", expected a plain file`);
  });
});
