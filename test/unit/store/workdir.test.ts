import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stoppedProcess } from '../../../src/campaign/join/is-running.js';
import { Workdir } from '../../../src/store/workdir.js';
import { UserError } from '../../../src/util/errors.js';
import { packageRoot } from '../../../src/util/package.js';
import { eventually } from '../../support/processes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const inUse = /campaign folder: got ".*", expected a folder that no other campaign is using/;

describe('Workdir', () => {
  it('keeps every path below its folder', () => {
    const workdir = new Workdir('/some/where');
    for (const path of [workdir.database, workdir.summary, workdir.trace]) {
      expect(path.startsWith('/some/where/')).toBe(true);
    }
  });

  it('names a new campaign by time and seed', () => {
    const { folder } = Workdir.named(42, new Date('2026-03-04T05:06:07.890Z'));
    expect(folder).toMatch(/campaigns\/2026-03-04-050607-s42-\d+$/);
  });

  it('makes the folder, and goes away with all that is in it when it is removed', () => {
    const workdir = new Workdir(join(temporaryFolder(), 'a', 'b'));
    workdir.open();
    writeFileSync(workdir.summary, '{}');
    workdir.close();
    workdir.remove();
    expect(existsSync(workdir.folder)).toBe(false);
  });

  it('hides no error where it can not be removed', () => {
    const workdir = new Workdir(join(temporaryFolder(), 'a'));
    workdir.open();
    writeFileSync(workdir.summary, '{}');
    workdir.close();
    if (spawnSync('chattr', ['+i', workdir.folder]).status !== 0) {
      console.warn(
        'LEFT OUT: a folder that becomes immutable: this user, or this file system, has no chattr',
      );
      return;
    }
    onTestFinished(() => void spawnSync('chattr', ['-i', workdir.folder]));
    workdir.remove();
    expect(existsSync(workdir.summary)).toBe(true);
  });

  it('refuses a folder that can not be, and names it', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const workdir = new Workdir(join(file, 'campaign'));
    expect(() => workdir.open()).toThrow(UserError);
    expect(() => workdir.open()).toThrow(
      `campaign folder: got "${workdir.folder}", expected a folder that can`,
    );
  });
});

describe('the lock', () => {
  it('refuses a second one, until the first is closed', () => {
    const folder = temporaryFolder();
    const [first, second] = [new Workdir(folder), new Workdir(folder)];
    first.open();
    expect(() => second.open()).toThrow(inUse);
    expect(second.tryOpen()).toBe(false);
    first.close();
    second.open();
    second.close();
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it('ends with its process, however that ends', async () => {
    const folder = temporaryFolder();
    const holder = join(packageRoot, 'test/support/children/lock-holder.js');
    const child = spawn(process.execPath, [holder, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data'); // says that it has the lock
    const workdir = new Workdir(folder);
    expect(() => workdir.open()).toThrow(inUse);
    expect(workdir.holder).toBe(child.pid);
    expect(stoppedProcess(folder)).toBeUndefined();
    child.kill('SIGSTOP');
    await eventually('it is known to be stopped', () => stoppedProcess(folder) === child.pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(workdir.holder).toBeUndefined();
    workdir.open();
    workdir.close();
  });
});
