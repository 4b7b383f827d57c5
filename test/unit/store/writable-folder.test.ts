import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writableFolder } from '../../../src/store/writable-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('writableFolder', () => {
  it('makes a folder, and leaves nothing of its trial in it', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    expect(writableFolder(folder, 'x')).toBe(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a file in its place, in one line that names it', () => {
    const file = join(temporaryFolder(), 'file\nname');
    writeFileSync(file, '');
    expect(() => writableFolder(file, 'solutions folder')).toThrow(
      /^solutions folder: got ".*file.*", expected a folder/,
    );
  });
});
