import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadFinding } from '../../../src/store/load-finding.js';
import { Workdir } from '../../../src/store/workdir.js';
import { readBounded, replaceFile, RootFolder } from '../../../src/util/files.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('readBounded', () => {
  it('reads what fits, and refuses what does not, folders, sockets, and pipes without a writer', async () => {
    const folder = temporaryFolder();
    const [file, pipe] = [join(folder, 'file'), join(folder, 'pipe')];
    writeFileSync(file, 'abc');
    execFileSync('mkfifo', [pipe]);
    expect(readBounded(file, 3).toString()).toBe('abc');
    expect(() => readBounded(file, 2)).toThrow(`${file}: got "3 bytes", expected at most 2`);
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const others = {
      ...{ [folder]: 'a folder', [pipe]: 'a pipe', [socket]: 'a socket', '/dev/zero': 'a device' },
    };
    for (const [path, kind] of Object.entries(others))
      expect(() => readBounded(path, 10)).toThrow(`${path}: got "${kind}", expected a plain file`);
  });

  it('keeps a finding.json of 500 MB out', () => {
    const path = join(temporaryFolder(), 'finding.json');
    writeFileSync(path, '');
    truncateSync(path, 500 << 20);
    expect(() => loadFinding(path)).toThrow(/got "524288000 bytes", expected at most/);
  });
});

describe('replaceFile', () => {
  it('replaces a link and does not follow it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'victim'), 'precious');
    symlinkSync(join(folder, 'victim'), join(folder, 'file'));
    replaceFile(join(folder, 'file'), 'new');
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['file', 'victim']);
  });
});

describe('RootFolder', () => {
  it.each(['..', '.', '', 'a/b', '/etc', 'a\0b'])('takes no name %j', (name) => {
    expect(() => new RootFolder(temporaryFolder()).at('x', name)).toThrow(
      /expected the name of a file or folder/,
    );
  });

  it('refuses links below it, and goes through those that lead to it', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real', 'below'), { recursive: true });
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    symlinkSync('/nowhere', join(folder, 'dangling'));
    expect(new RootFolder(join(folder, 'link')).at('below', 'file')).toMatch(/real\/below\/file$/);
    for (const names of [['link'], ['link', 'below'], ['dangling']])
      expect(() => new RootFolder(folder).at(...names)).toThrow(/got "a link"/);
  });
});

describe('a campaign folder from elsewhere', () => {
  it.each(['campaign.sqlite', 'lock', 'summary.json', 'trace.ndjson', 'leads'])(
    'is refused where its %s is a link',
    (name) => {
      const [folder, outside] = [temporaryFolder(), join(temporaryFolder(), 'outside')];
      symlinkSync(outside, join(folder, name));
      expect(() => new Workdir(folder).open()).toThrow(`expected a folder in which ${name} is no link`);
      expect(existsSync(outside)).toBe(false);
    },
  );

  it.each(['campaign.sqlite', 'campaign.sqlite-wal', 'lock'])(
    'is refused where its %s is a pipe, which would hold who opens it',
    (name) => {
      const folder = temporaryFolder();
      execFileSync('mkfifo', [join(folder, name)]);
      expect(() => new Workdir(folder).open()).toThrow(`expected a folder in which ${name} is a plain file`);
    },
  );

  it('is never removed by one who did not make it', () => {
    const folder = temporaryFolder();
    const workdir = new Workdir(folder);
    workdir.open();
    workdir.remove();
    workdir.close();
    expect(existsSync(folder)).toBe(true);
  });
});
