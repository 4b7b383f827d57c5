import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkModule, importDefault } from '../../../src/util/user-module.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a module that the user names', () => {
  it.each([
    ['a pipe', (path: string): unknown => execFileSync('mkfifo', [path])],
    ['a folder', (path: string): unknown => mkdirSync(path)],
  ])('is a plain file, and %s is never opened', async (_, make) => {
    const path = join(temporaryFolder(), 'm.mjs');
    make(path);
    await expect(importDefault('--grammar', path)).rejects.toThrow(
      `--grammar: got "${path}", expected a plain file`,
    );
  });

  it('is there, and has the name of one', () => {
    expect(() => checkModule('--mutator', '/nowhere/m.mjs')).toThrow('expected a file that exists');
    expect(() => checkModule('--mutator', '/dev/null')).toThrow('expected a file that ends in');
  });
});
