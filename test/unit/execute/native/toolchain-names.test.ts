import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findToolchain,
  installedToolchains,
  isToolchainName,
} from '../../../../src/execute/native/toolchain-names.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

/** A home of elan with folders of these names, and links that lead to `elsewhere` in it. */
function home(folders: readonly string[], links: readonly string[] = []): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'elsewhere'));
  mkdirSync(join(root, 'toolchains'));
  for (const name of folders) mkdirSync(join(root, 'toolchains', name));
  for (const name of links) symlinkSync(join(root, 'elsewhere'), join(root, 'toolchains', name));
  return root;
}

const releases = [
  'leanprover--lean4---v4.9.0',
  'leanprover--lean4---v4.35.0',
  'leanprover--lean4---v4.36.0-rc1',
  'leanprover--lean4-nightly---nightly-2026-01-31',
  'leanprover--lean4-nightly---nightly-2026-02-01',
];

describe('findToolchain', () => {
  it.each([
    ['leanprover/lean4:v4.35.0', 'leanprover/lean4:v4.35.0'],
    ['v4.35.0', 'leanprover/lean4:v4.35.0'],
    ['4.35.0', 'leanprover/lean4:v4.35.0'],
    ['leanprover/lean4:4.9.0', 'leanprover/lean4:v4.9.0'],
    ['stable', 'leanprover/lean4:v4.35.0'],
    ['leanprover/lean4:stable', 'leanprover/lean4:v4.35.0'],
    ['beta', 'leanprover/lean4:v4.36.0-rc1'],
    ['nightly', 'leanprover/lean4-nightly:nightly-2026-02-01'],
    ['nightly-2026-01-31', 'leanprover/lean4-nightly:nightly-2026-01-31'],
    ['leanprover/lean4:nightly-2026-01-31', 'leanprover/lean4-nightly:nightly-2026-01-31'],
  ])('takes %s for %s', (said, name) => {
    expect(findToolchain(home(releases), said)?.name).toBe(name);
  });

  it.each(['v4.1.0', 'other/fork:stable', 'other/fork:v4.35.0', 'mine', 'constructor', ''])(
    'finds nothing for %j',
    (said) => {
      expect(findToolchain(home(releases), said)).toBeUndefined();
    },
  );

  it('prefers a link, and follows it', () => {
    const root = home([...releases, 'leanprover--lean4---stable'], ['v4.35.0', 'mine']);
    const elsewhere = join(root, 'elsewhere');
    expect(findToolchain(root, 'mine')).toEqual({ name: 'mine', folder: elsewhere });
    expect(findToolchain(root, 'v4.35.0')).toEqual({ name: 'v4.35.0', folder: elsewhere });
    expect(findToolchain(root, 'leanprover/lean4:v4.35.0')).toEqual({ name: 'v4.35.0', folder: elsewhere });
  });

  it('prefers the folder of a channel, as older releases of elan make it, to a release', () => {
    const root = home([...releases, 'leanprover--lean4---stable']);
    expect(findToolchain(root, 'stable')?.name).toBe('leanprover/lean4:stable');
  });
});

describe('installedToolchains', () => {
  it('lists folders and links by name, also links that lead nowhere', () => {
    const root = home(['leanprover--lean4---v4.9.0'], ['mine']);
    symlinkSync('/nowhere', join(root, 'toolchains', 'gone'));
    expect(installedToolchains(root).map(({ name }) => name)).toEqual([
      'gone',
      'leanprover/lean4:v4.9.0',
      'mine',
    ]);
    expect(installedToolchains('/nowhere')).toEqual([]);
  });
});

describe('isToolchainName', () => {
  it('knows what elan takes for a name', () => {
    expect(['stable', 'leanprover/lean4:v4.9.0', 'my-lean'].every(isToolchainName)).toBe(true);
    expect(['', 'a b', 'a/b', 'a/b/c:d', 'leanprover/lean4:'].some(isToolchainName)).toBe(false);
  });
});
