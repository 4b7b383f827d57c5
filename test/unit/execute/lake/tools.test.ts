import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCheckers, findProgram } from '../../../../src/execute/lake/tools.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

function program(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

describe('findCheckers', () => {
  it('takes an option before the environment, and that before .env', () => {
    const folder = temporaryFolder();
    const [one, two, three] = [program(folder, 'one'), program(folder, 'two'), program(folder, 'three')];
    const envFile = join(folder, '.env');
    writeFileSync(
      envFile,
      `COMPARATOR_PATH=${three}\nSAFEVERIFY_PATH="${three}"\nLEAN4EXPORT_PATH=${three}\n`,
    );
    const environment = { COMPARATOR_PATH: two, SAFEVERIFY_PATH: two };
    expect(findCheckers({ comparator: one }, environment, envFile)).toEqual({
      comparator: one,
      safeVerify: two,
      lean4export: three,
      nanoda: null,
    });
  });

  it('names the variable whose program can not be run', () => {
    expect(() => findCheckers({}, { NANODA_PATH: '/no/nanoda' }, '/no/.env')).toThrow(
      'NANODA_PATH: got "/no/nanoda", expected a program',
    );
  });
});

describe('findProgram', () => {
  it('looks on the PATH for names, and nowhere for paths', () => {
    const folder = temporaryFolder();
    const path = program(folder, 'lake');
    expect(findProgram('lake', `/no:${folder}`)).toBe(path);
    expect(findProgram('lake', '/no')).toBeUndefined();
    expect(findProgram(path, '/no')).toBe(path);
    expect(findProgram('/no/lake', folder)).toBeUndefined();
  });
});
