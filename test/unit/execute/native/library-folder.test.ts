import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareVersions, ElfFile } from '../../../../src/execute/native/elf.js';
import { expectUnchanged, leanOfFolder } from '../../../../src/execute/native/library-folder.js';
import { addonPath } from '../../../../src/native/addon.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** A folder whose main library has these bytes. */
function libraryOf(bytes: Uint8Array): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'libleanshared.so'), bytes);
  return folder;
}

/** A real shared library of this machine, changed. */
function changed(change: (bytes: Buffer) => void): string {
  const bytes = readFileSync(addonPath());
  change(bytes);
  return libraryOf(bytes);
}

describe('leanOfFolder', () => {
  it.each<[string, () => string, RegExp]>([
    ['a folder that is missing', () => '/no/folder', /got "\/no\/folder", expected a folder that exists$/],
    ['a file', () => addonPath(), /expected a folder$/],
    [
      'a folder without libraries',
      () => temporaryFolder(),
      /expected a folder with libleanshared\.so in lib\/lean, in lib, or in itself$/,
    ],
    [
      'a text',
      () => libraryOf(Buffer.from('no library')),
      /libleanshared\.so: no ELF file", expected a library/,
    ],
    ['a 32-bit library', () => changed((bytes) => (bytes[4] = 1)), /a 32-bit library"/],
    ['a library of another processor', () => changed((bytes) => bytes.writeUInt16LE(40, 18)), /for ARM, on/],
    ['a program', () => changed((bytes) => bytes.writeUInt16LE(2, 16)), /no shared library"/],
    [
      'a library that was cut off',
      () => {
        const folder = changed(() => undefined);
        truncateSync(join(folder, 'libleanshared.so'), 4096);
        return folder;
      },
      /a damaged or incomplete library"/,
    ],
    [
      'a folder in the place of the library',
      () => {
        const folder = temporaryFolder();
        mkdirSync(join(folder, 'libleanshared.so'));
        return folder;
      },
      /libleanshared\.so", expected a library that can be read \(EISDIR/,
    ],
    [
      'a pipe in the place of the library, which nobody writes to',
      () => {
        const folder = temporaryFolder();
        execFileSync('mkfifo', [join(folder, 'libleanshared.so')]);
        return folder;
      },
      /libleanshared\.so: a pipe", expected a library of/,
    ],
    [
      'a device in the place of a library that it needs',
      () => {
        const folder = changed(() => undefined);
        symlinkSync('/dev/zero', join(folder, 'libInit_shared.so'));
        return folder;
      },
      /libInit_shared\.so: a device", expected a library of/,
    ],
    ['an empty file', () => libraryOf(Buffer.alloc(0)), /libleanshared\.so: no ELF file"/],
    [
      'a library of the other byte order',
      () => changed((bytes) => (bytes[5] = 2)),
      /: a big-endian library", expected a library of/,
    ],
  ])('refuses %s in one line that names it', async (_, folder, message) => {
    const refused = leanOfFolder('--lean', folder());
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(/^--lean: got "[^\n]*$/);
  });

  it.skipIf(process.getuid?.() === 0)('refuses what can not be read', async () => {
    const folder = changed(() => undefined);
    chmodSync(join(folder, 'libleanshared.so'), 0);
    await expect(leanOfFolder('--lean', folder)).rejects.toThrow(/that can be read \(EACCES/);
  });

  it('takes a toolchain, its lib/lean and the library itself for the same', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'lib/lean'), { recursive: true });
    const library = join(root, 'lib/lean/libleanshared.so');
    writeFileSync(library, readFileSync(addonPath()));
    symlinkSync(root, join(root, 'link'));
    const lean = await leanOfFolder('--lean', root);
    expect(lean).toMatchObject({ root, name: root, path: library, hasOleans: false, libraries: [library] });
    for (const folder of [join(root, 'lib/lean'), library, join(root, 'link')])
      expect(await leanOfFolder('--lean', folder)).toEqual(lean);
  });

  it('reads version and commit from compiled modules, and from C headers', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'lib/lean'), { recursive: true });
    mkdirSync(join(root, 'include/lean'), { recursive: true });
    writeFileSync(join(root, 'lib/lean/libleanshared.so'), readFileSync(addonPath()));
    expect(await leanOfFolder('--lean', root)).toMatchObject({ version: 'unknown', githash: 'unknown' });
    const define = (name: string, value: string): string => `#define LEAN_${name} ${value}\n`;
    const header = [
      ...['MAJOR 4', 'MINOR 36', 'PATCH 0'].map((part) => `#define LEAN_VERSION_${part}\n`),
      define('VERSION_IS_RELEASE', '1'),
      define('SPECIAL_VERSION_DESC', '"rc1"'),
    ];
    writeFileSync(join(root, 'include/lean/version.h'), header.join(''));
    expect(await leanOfFolder('--lean', root)).toMatchObject({ version: '4.36.0-rc1', githash: 'unknown' });
    const olean = Buffer.alloc(100);
    olean.write('olean\x02\x01', 'latin1');
    olean.write('4.36.0-nightly-2026-02-01', 7);
    olean.write('0123456789abcdef0123456789abcdef01234567', 40);
    writeFileSync(join(root, 'lib/lean/Init.olean'), olean);
    expect(await leanOfFolder('--lean', root)).toMatchObject({
      version: '4.36.0-nightly-2026-02-01',
      githash: '0123456789abcdef0123456789abcdef01234567',
      hasOleans: true,
    });
  });
});

describe('expectUnchanged', () => {
  it('refuses a pipe that was put in the place of the library', async () => {
    const folder = changed(() => undefined);
    const lean = await leanOfFolder('--lean', folder);
    await expectUnchanged(lean);
    rmSync(lean.path);
    execFileSync('mkfifo', [lean.path]);
    await expect(expectUnchanged(lean)).rejects.toThrow(
      /the library that was there before \(.*: got "a pipe"/,
    );
  });
});

describe('the version of a Lean whose files do not tell it', () => {
  /** The version and githash that its own command tells, which is a shell script. */
  async function said(script: string) {
    const root = temporaryFolder();
    mkdirSync(join(root, 'lib/lean'), { recursive: true });
    mkdirSync(join(root, 'bin'));
    copyFileSync(addonPath(), join(root, 'lib/lean/libleanshared.so'));
    writeFileSync(join(root, 'bin/lean'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const { version, githash } = await leanOfFolder('--lean', root);
    return { version, githash };
  }
  const commit = '0123456789abcdef0123456789abcdef01234567';

  it('is what its own command says', async () => {
    const lines = `Lean (version 4.36.0-rc1, x86_64-unknown-linux-gnu, commit ${commit}, Release)`;
    expect(await said(`echo "${lines}"`)).toEqual({ version: '4.36.0-rc1', githash: commit });
  });

  it.each([
    ['escapes of a terminal', `printf 'version 4.36.0\\033[31m, commit ${commit}'`],
    ['a text of megabytes', `head -c 3000000 /dev/zero | tr '\\0' 1 | sed 's/^/version 4.36.0-/'`],
    ['a text without end', 'yes version'],
    ['nothing', 'exit 1'],
  ])('is unknown where that says %s', async (_, script) => {
    expect((await said(script)).version).toBe('unknown');
  });

  it('is not waited for where the command leaves somebody behind that holds on to its output', async () => {
    const pid = join(temporaryFolder(), 'pid');
    const before = performance.now();
    const lean = await said(`sleep 300 & echo $! > '${pid}'; echo "version 4.36.0, commit ${commit}"`);
    process.kill(Number(readFileSync(pid, 'utf8')));
    expect(lean).toEqual({ version: '4.36.0', githash: commit });
    expect(performance.now() - before).toBeLessThan(60_000);
  });

  it('is not read from pipes', async () => {
    const root = temporaryFolder();
    for (const folder of ['lib/lean', 'include/lean']) mkdirSync(join(root, folder), { recursive: true });
    copyFileSync(addonPath(), join(root, 'lib/lean/libleanshared.so'));
    for (const file of ['lib/lean/Init.olean', 'include/lean/version.h'])
      execFileSync('mkfifo', [join(root, file)]);
    expect(await leanOfFolder('--lean', root)).toMatchObject({ version: 'unknown', githash: 'unknown' });
  });
});

describe('ElfFile', () => {
  it('reads sections and the glibc that a library needs', () => {
    const elf = ElfFile.open(addonPath());
    if (typeof elf === 'string') throw new Error(elf);
    expect(elf.read('.shstrtab').includes('.rodata')).toBe(true);
    expect(elf.read('.bss')).toHaveLength(0);
    expect(elf.read('.nothing')).toHaveLength(0);
    expect(elf.neededGlibc).toMatch(/^2\.\d+/);
  });

  it('believes no header', () => {
    const bytes = readFileSync(addonPath());
    for (let at = 40; at < 64; at++) {
      const folder = changed((copy) => (copy[at] = ~(bytes[at] ?? 0)));
      const elf = ElfFile.open(join(folder, 'libleanshared.so'));
      if (typeof elf !== 'string') expect(elf.neededGlibc ?? '').toMatch(/^[\d.]*$/);
    }
  });
});

describe('compareVersions', () => {
  it('orders by numbers', () => {
    expect(compareVersions('2.4', '2.35')).toBeLessThan(0);
    expect(compareVersions('2.35', '2.35')).toBe(0);
    expect(compareVersions('2.35.1', '2.35')).toBeGreaterThan(0);
    expect(compareVersions('2', '2.35')).toBeLessThan(0);
  });
});
