import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publish } from '../../../src/util/cache-folder.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('publish', () => {
  const fill = (folder: string): Promise<void> => {
    writeFileSync(join(folder, 'file'), 'whole');
    return Promise.resolve();
  };

  it('takes away what killed processes of this machine left, and nothing of those that live or are elsewhere', async () => {
    const cache = temporaryFolder();
    const { pid } = spawnSync('true');
    const dead = [`module-00aa-original.${pid}.tmp`, `library-00bb.${hostname()}.${pid}.tmp`];
    const alive = [
      `library-00bb.${hostname()}.${process.ppid}.tmp`,
      `library-00bb.elsewhere-${hostname()}.${pid}.tmp`,
      'notes.tmp',
    ];
    for (const name of [...dead, ...alive]) mkdirSync(join(cache, name));
    await publish(join(cache, 'module-00aa-original'), fill);
    expect(readdirSync(cache).sort()).toEqual(['module-00aa-original', ...alive].sort());
  });

  it('leaves nothing where it could not be filled', async () => {
    const cache = temporaryFolder();
    const failing = publish(join(cache, 'library-00bb'), () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(readdirSync(cache)).toEqual([]);
  });
});
