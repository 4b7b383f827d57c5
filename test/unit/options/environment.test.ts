import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/options/environment.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('readEnvironment', () => {
  it('takes the environment before .env, and an empty value for none', () => {
    const envFile = join(temporaryFolder(), '.env');
    writeFileSync(envFile, 'COMPARATOR_PATH=/three\nSAFEVERIFY_PATH="/three"\nLEAN4EXPORT_PATH=/three\n');
    const environment = { COMPARATOR_PATH: '/two', LEAN4EXPORT_PATH: '' };
    expect(readEnvironment(environment, envFile)).toEqual([
      { key: 'comparator', name: 'COMPARATOR_PATH', value: '/two' },
      { key: 'safeVerify', name: 'SAFEVERIFY_PATH', value: '/three' },
    ]);
    expect(readEnvironment({}, '/no/.env')).toEqual([]);
  });

  it('refuses a .env that is no file, and does not wait for it', () => {
    const envFile = join(temporaryFolder(), '.env');
    execFileSync('mkfifo', [envFile]);
    expect(() => readEnvironment({}, envFile)).toThrow(
      `${envFile}: got "no plain file", expected a plain file`,
    );
  });
});
