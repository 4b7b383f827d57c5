import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/util/make-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('makeFolder', () => {
  it('makes what is missing, and says what the topmost was', () => {
    const folder = temporaryFolder();
    expect(makeFolder(join(folder, 'a', 'b', 'c'))).toBe(join(folder, 'a'));
    expect(existsSync(join(folder, 'a', 'b', 'c'))).toBe(true);
    expect(makeFolder(join(folder, 'a', 'b'))).toBeUndefined();
    expect(makeFolder(join(folder, 'a', 'd'))).toBe(join(folder, 'a', 'd'));
  });

  it('throws what the system says where a folder can not be: also in /proc, which never says anything else', () => {
    expect(() => makeFolder('/proc/nope')).toThrow('ENOENT');
    expect(() => makeFolder('/proc/nope/x/y')).toThrow("mkdir '/proc/nope'");
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR');
  });
});
