import { copyFileSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { meantToolchain } from '../../src/execute/native/meant-toolchain.js';
import { listNativeLeans } from '../../src/execute/native/known-leans.js';
import { findLean } from '../../src/execute/native/toolchain.js';
import { fetchedLean, realElan } from '../support/native-lean.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const fetched = fetchedLean('toolchains on a real Lean 4.35.0') ?? '';
const elan = fetched === '' ? '' : (realElan('toolchains as a real elan finds them') ?? '');

const lean4350 = {
  kind: 'native',
  version: '4.35.0',
  githash: 'eb6cafb7290e8bd5f2937522d8d804f58f02bafc',
  hash: 'efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4',
  hasOleans: false,
};

describe.skipIf(fetched === '')('a native Lean', () => {
  it('is found by its folder and by that of its libraries', async () => {
    const { lean } = await findLean(fetched);
    expect(lean).toMatchObject({ ...lean4350, root: realpathSync(fetched) });
    expect((await findLean(join(fetched, 'lib', 'lean'))).lean).toEqual(lean);
    expect('libraries' in lean ? lean.libraries : []).toHaveLength(4);
  });

  it('is found by the name that it was fetched under, and by that of its release', async () => {
    const environment = { HOME: temporaryFolder() };
    for (const name of ['lean-4.35.0', '4.35.0', 'v4.35.0', 'leanprover/lean4:v4.35.0', 'stable'])
      expect((await findLean(name, { environment })).lean).toMatchObject({
        ...lean4350,
        ...{ name: 'lean-4.35.0', root: realpathSync(fetched) },
      });
  });

  it('runs as the command that it has', async () => {
    const { stdout } = await execa(join(fetched, 'bin', 'lean'), ['--version']);
    expect(stdout).toContain('4.35.0');
    expect(stdout).toContain(lean4350.githash);
  });
});

/** A user with elan in a home of its own, and two toolchains that are the real one in different folders. */
async function user() {
  const folder = temporaryFolder();
  const [one, two] = ['one', 'two'].map((name) => {
    const root = join(folder, name);
    mkdirSync(join(root, 'bin'), { recursive: true });
    copyFileSync(join(fetched, 'bin', 'lean'), join(root, 'bin', 'lean'));
    mkdirSync(join(root, 'lib'));
    symlinkSync(join(fetched, 'lib', 'lean'), join(root, 'lib', 'lean'));
    return root;
  }) as [string, string];
  const project = join(folder, 'project', 'inner');
  mkdirSync(project, { recursive: true });
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: folder,
    ELAN_HOME: join(folder, 'elan-home'),
  };
  const run = async (
    args: readonly string[],
    cwd = project,
    more: NodeJS.ProcessEnv = {},
  ): Promise<string> => {
    const options = { cwd, env: { ...environment, ...more }, extendEnv: false };
    return (await execa(elan, args, options)).stdout;
  };
  await run(['toolchain', 'link', 'one', one]);
  await run(['toolchain', 'link', 'leanprover/lean4:v4.35.0', two]);
  return { folder, project, environment, run, one, two };
}

describe.skipIf(elan === '')('the toolchain that is meant', () => {
  it('is the one that elan itself runs', async () => {
    const { folder, project, environment, run, one, two } = await user();
    const found = new Set<string>();
    const agree = async (cwd = project, more: NodeJS.ProcessEnv = {}): Promise<void> => {
      const lean = await run(['which', 'lean'], cwd, more);
      const meant = meantToolchain(cwd, { ...environment, ...more })?.toolchain?.folder;
      expect(join(meant ?? '', 'bin', 'lean')).toBe(realpathSync(lean));
      found.add(meant ?? '');
      const { lean: automatic } = await findLean('auto', {
        folder: cwd,
        environment: { ...environment, ...more },
      });
      expect(automatic).toMatchObject(lean4350);
    };
    await run(['default', 'one']);
    await agree();
    await agree(project, { ELAN_TOOLCHAIN: 'leanprover/lean4:v4.35.0' });
    writeFileSync(join(folder, 'project', 'leanpkg.toml'), '[package]\nlean_version = "one"\n');
    await run(['default', 'leanprover/lean4:v4.35.0']);
    await agree();
    writeFileSync(join(folder, 'project', 'lean-toolchain'), 'leanprover/lean4:v4.35.0\n');
    await agree();
    writeFileSync(join(project, 'lean-toolchain'), 'one');
    await agree();
    await run(['override', 'set', 'leanprover/lean4:v4.35.0'], project);
    await agree();
    await run(['override', 'set', 'one'], join(folder, 'project'));
    await agree(join(folder, 'project'));
    await agree();
    await run(['override', 'unset'], project);
    await agree();
    expect(found).toEqual(new Set([one, two]));
  });

  it('is named, listed and told apart', async () => {
    const { environment, one, two } = await user();
    expect((await findLean('one', { environment })).lean).toMatchObject({ ...lean4350, name: 'one' });
    expect((await findLean('v4.35.0', { environment })).lean).toMatchObject({
      name: 'leanprover/lean4:v4.35.0',
    });
    const names = (await listNativeLeans(environment)).map(({ name }) => name);
    expect(names).toEqual(['leanprover/lean4:v4.35.0', 'one', 'lean-4.35.0']);
    expect(one).not.toBe(two);
  });
});
