import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProgram, isExecutable } from '../../../src/util/find-program.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('findProgram', () => {
  it('looks on the PATH for names, and nowhere for paths', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lake');
    writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
    expect(findProgram('lake', `/no:${folder}`)).toBe(path);
    expect(findProgram('lake', '/no')).toBeUndefined();
    expect(findProgram(path, '/no')).toBe(path);
    expect(findProgram('/no/lake', folder)).toBeUndefined();
    expect(findProgram('', folder)).toBeUndefined();
  });
});

describe('isExecutable', () => {
  it('is true of a program by its path only', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'checker');
    writeFileSync(path, '#!/bin/sh\n');
    expect(isExecutable(path)).toBe(false);
    chmodSync(path, 0o755);
    expect(isExecutable(path)).toBe(true);
    mkdirSync(join(folder, 'folder'));
    expect(isExecutable(join(folder, 'folder'))).toBe(false);
    expect(isExecutable('sh')).toBe(false);
  });
});
