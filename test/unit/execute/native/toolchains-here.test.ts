import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findLean } from '../../../../src/execute/native/toolchain.js';
import { namesOf, toolchainNamed, toolchainsHere } from '../../../../src/execute/native/toolchains-here.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

afterEach(() => vi.unstubAllEnvs());

/** A machine whose elan and cache folder have toolchains of these names. */
function machine(ofElan: readonly string[], fetched: readonly string[]) {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  for (const name of ofElan) mkdirSync(join(folder, 'elan/toolchains', name), { recursive: true });
  for (const name of fetched) mkdirSync(join(cache, 'toolchains', name), { recursive: true });
  vi.stubEnv('LEAN_FUZZ_CACHE', cache);
  return { folder, cache, environment: { ELAN_HOME: join(folder, 'elan') } };
}

const fetched = ['lean-4.35.0', 'lean-4.9.0', 'lean-4.36.0-rc1', 'lean-4.36.0.here.17.tmp', 'other'];

describe('toolchainNamed', () => {
  it.each([
    ['lean-4.35.0', 'lean-4.35.0'],
    ['4.35.0', 'lean-4.35.0'],
    ['v4.35.0', 'lean-4.35.0'],
    ['leanprover/lean4:v4.35.0', 'lean-4.35.0'],
    ['leanprover/lean4:4.9.0', 'lean-4.9.0'],
    ['stable', 'lean-4.35.0'],
    ['leanprover/lean4:stable', 'lean-4.35.0'],
    ['beta', 'lean-4.36.0-rc1'],
  ])('takes %s for the fetched %s', (said, name) => {
    const { environment, cache } = machine([], fetched);
    expect(toolchainNamed(said, environment)).toEqual({ name, folder: join(cache, 'toolchains', name) });
  });

  it.each(['4.36.0', 'lean-4.36.0', 'lean-v4.35.0', 'other', 'other/fork:v4.35.0', 'nightly', '..', ''])(
    'finds nothing for %j',
    (said) => {
      expect(toolchainNamed(said, machine([], fetched).environment)).toBeUndefined();
    },
  );

  it('looks among those of elan first', () => {
    const { environment } = machine(['leanprover--lean4---v4.35.0', 'leanprover--lean4---v4.9.0'], fetched);
    expect(toolchainNamed('4.35.0', environment)?.name).toBe('leanprover/lean4:v4.35.0');
    expect(toolchainNamed('stable', environment)?.name).toBe('leanprover/lean4:v4.35.0');
    expect(toolchainNamed('lean-4.35.0', environment)?.name).toBe('lean-4.35.0');
    expect(toolchainNamed('4.36.0-rc1', environment)?.name).toBe('lean-4.36.0-rc1');
  });
});

describe('namesOf', () => {
  it('tells each one by the names that mean it and no other', () => {
    const { folder, environment } = machine(
      ['leanprover--lean4---v4.35.0', 'leanprover--lean4-nightly---nightly-2026-01-31', 'mine'],
      ['lean-4.35.0', 'lean-4.9.0'],
    );
    symlinkSync(join(folder, 'nowhere'), join(folder, 'elan/toolchains/gone'));
    expect(toolchainsHere(environment).map((one) => namesOf(one, environment))).toEqual([
      ['gone'],
      ['leanprover/lean4-nightly:nightly-2026-01-31', 'nightly-2026-01-31'],
      ['leanprover/lean4:v4.35.0', '4.35.0'],
      ['mine'],
      ['lean-4.35.0'],
      ['lean-4.9.0', '4.9.0'],
    ]);
  });
});

describe('findLean', () => {
  it('lists what is there, by all names, where a name is not', async () => {
    const { environment } = machine(['mine'], ['lean-4.35.0']);
    await expect(findLean('4.35.1', { environment })).rejects.toThrow(
      '--lean: got "4.35.1", expected one of embedded, auto, mine, lean-4.35.0 (4.35.0), or a folder; did you mean 4.35.0?',
    );
  });

  it('says what is missing in a fetched toolchain by the name that it was asked for', async () => {
    const { environment } = machine([], ['lean-4.35.0']);
    await expect(findLean('4.35.0', { environment, option: '--against' })).rejects.toThrow(
      /^--against: got "[^"]*\/lean-4\.35\.0", expected a folder with libleanshared\.so/,
    );
  });

  it('says which folder of toolchains can not be read', async () => {
    const { folder, cache, environment } = machine([], []);
    for (const place of [join(folder, 'elan'), cache]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'toolchains'), '');
      await expect(findLean('mine', { environment })).rejects.toMatchObject({
        ...{ exitCode: 78 },
        message: expect.stringMatching(
          new RegExp(
            `^${place}/toolchains: got "ENOTDIR.*", expected a folder of toolchains that can be read$`,
          ),
        ) as unknown,
      });
      rmSync(join(place, 'toolchains'));
    }
  });
});
