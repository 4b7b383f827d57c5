import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { meantToolchain } from '../../../../src/execute/native/meant-toolchain.js';
import { findLean } from '../../../../src/execute/native/toolchain.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

interface Place {
  /** Files, by their path in the user's folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly toolchains?: readonly string[];
}

/** A user's folder, in which elan has its home. */
function place({ files = {}, toolchains = [] }: Place): { folder: string; environment: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  for (const name of toolchains) mkdirSync(join(folder, '.elan/toolchains', name), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text.replaceAll('$HERE', folder));
  }
  return { folder, environment: { HOME: folder } };
}

/** The toolchain that is meant in the folder `project/inner`, as it is said; undefined where none is. */
function said(about: Place, more: NodeJS.ProcessEnv = {}): string | undefined {
  const { folder, environment } = place({ files: { 'project/inner/x': '', ...about.files }, ...about });
  mkdirSync(join(folder, 'project/inner'), { recursive: true });
  return meantToolchain(join(folder, 'project/inner'), { ...environment, ...more })?.said;
}

const settings =
  'version = "12"\ndefault_toolchain = "stable"\n[overrides]\n"$HERE/project" = "overridden"\n';

describe('meantToolchain', () => {
  it('is undefined where nothing is said', () => {
    expect(said({})).toBeUndefined();
  });

  it('asks the variable first, then the folders upwards, then the default', () => {
    const files = { '.elan/settings.toml': settings, 'project/inner/lean-toolchain': 'nearest\n' };
    expect(said({ files }, { ELAN_TOOLCHAIN: 'variable' })).toBe('variable');
    expect(said({ files })).toBe('nearest');
    expect(said({ files: { '.elan/settings.toml': settings } })).toBe('overridden');
    expect(said({ files: { '.elan/settings.toml': 'default_toolchain = "stable"' } })).toBe('stable');
  });

  it('prefers an override to a file in the same folder', () => {
    expect(said({ files: { '.elan/settings.toml': settings, 'project/lean-toolchain': 'file' } })).toBe(
      'overridden',
    );
  });

  it('takes the first line of a toolchain file, and lean_version of a leanpkg.toml', () => {
    expect(said({ files: { 'project/lean-toolchain': '  v4.9.0 \r\nrest' } })).toBe('v4.9.0');
    expect(said({ files: { 'project/leanpkg.toml': '[package]\nlean_version = "v4.8.0"' } })).toBe('v4.8.0');
    expect(said({ files: { 'project/leanpkg.toml': '[package]\nname = "x"' } })).toBeUndefined();
  });

  it('knows a folder inside a toolchain', () => {
    const { folder, environment } = place({ toolchains: ['leanprover--lean4---v4.9.0/src/Init'] });
    const inside = join(folder, '.elan/toolchains/leanprover--lean4---v4.9.0/src/Init');
    expect(meantToolchain(inside, environment)?.said).toBe('leanprover/lean4:v4.9.0');
  });

  it('finds the folder of a relative path in a toolchain file', () => {
    const files = { 'project/lean-toolchain': '../built', 'built/bin/lean': '' };
    const { folder, environment } = place({ files });
    expect(meantToolchain(join(folder, 'project'), environment)?.toolchain?.folder).toBe(
      join(folder, 'built'),
    );
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['settings that are no TOML', { '.elan/settings.toml': 'a = ' }, '.elan/settings.toml: got "'],
    [
      'a default that is no name',
      { '.elan/settings.toml': 'default_toolchain = 4' },
      'settings.toml: default_toolchain: got "4", expected the name of a toolchain',
    ],
    [
      'overrides that are no table',
      { '.elan/settings.toml': 'overrides = [1]' },
      'settings.toml: overrides: got "[1]", expected a table of folders and toolchains',
    ],
    [
      'an empty toolchain file',
      { 'project/lean-toolchain': '\n' },
      'lean-toolchain: got "", expected the name',
    ],
    [
      'a toolchain file with something else',
      { 'project/lean-toolchain': 'the newest one' },
      'lean-toolchain: got "the newest one", expected the name or the folder of a toolchain',
    ],
    ['a leanpkg.toml that is no TOML', { 'project/leanpkg.toml': '[' }, 'leanpkg.toml: got "'],
    [
      'a lean_version that is no name',
      { 'project/leanpkg.toml': '[package]\nlean_version = 4' },
      'leanpkg.toml: lean_version: got "4", expected the name of a toolchain',
    ],
  ])('refuses %s in one line', (_, files, message) => {
    const { folder, environment } = place({ files: { 'project/x': '', ...files } });
    const run = (): unknown => meantToolchain(join(folder, 'project'), environment);
    expect(run).toThrow(message);
    expect(run).toThrow(/^[^\n]*$/);
  });
});

describe('findLean', () => {
  it('takes the embedded Lean where nothing is installed, and says what was meant', async () => {
    const { folder, environment } = place({ files: { 'lean-toolchain': 'leanprover/lean4:v4.9.0\n' } });
    const { lean, notes } = await findLean('auto', { folder, environment });
    expect(lean.kind).toBe('embedded');
    expect(notes).toEqual([
      `${join(folder, 'lean-toolchain')} means the toolchain leanprover/lean4:v4.9.0, which is not installed: the embedded Lean runs`,
    ]);
    const empty = place({});
    expect(await findLean('auto', empty)).toMatchObject({ lean: { kind: 'embedded' }, notes: [] });
  });

  it('does not run another Lean in the place of one that is there but can not run', async () => {
    const { folder, environment } = place({
      files: { 'lean-toolchain': 'old' },
      toolchains: ['old'],
    });
    await expect(findLean('auto', { folder, environment })).rejects.toThrow(
      /^[^\n]*lean-toolchain: got "[^"]*old", expected a folder with libleanshared\.so in lib\/lean, in lib, or in itself; "--lean embedded" runs/,
    );
  });
});
