import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf, type Lean, type LeanIdentity } from '../../../../src/api/lean.js';
import { findOpponent } from '../../../../src/campaign/offline/find-opponent.js';
import { leanOfFinding } from '../../../../src/campaign/offline/lean-of-finding.js';
import { chooseLean } from '../../../../src/execute/native/chosen-lean.js';
import { findLean } from '../../../../src/execute/native/toolchain.js';
import { loadFinding } from '../../../../src/store/load-finding.js';
import type { FindingFile } from '../../../../src/store/finding-files.js';
import { addonPath } from '../../../../src/native/addon.js';
import { sha256 } from '../../../../src/util/sha256.js';
import { kernelSolution } from '../../../support/finding-folders.js';
import { embedded } from '../../../support/leans.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const kernel = { level: 'kernel', mutant: null } as const;
const toNobody = (): void => undefined;

/** A toolchain that leaves a mark when its program is run; what stands in for its library is one of this machine. */
function toolchain(root = join(temporaryFolder(), 'lean')): { root: string; library: string; mark: string } {
  const folder = join(root, 'lib', 'lean');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'bin'));
  const library = join(folder, 'libleanshared.so');
  copyFileSync(addonPath(), library);
  const [program, mark] = [join(root, 'bin', 'lean'), join(root, 'was-run')];
  writeFileSync(program, `#!/bin/sh\ntouch ${mark}\n`);
  chmodSync(program, 0o755);
  return { root, library, mark };
}

/** The same bytes with one more behind them, as another build has it. */
function rebuild(library: string): void {
  writeFileSync(library, Buffer.concat([readFileSync(library), Buffer.of(0)]));
}

/** A stranger's record of a library, with its right hash. */
async function recordOf(library: string): Promise<LeanIdentity> {
  return {
    ...{ kind: 'native', name: 'lean', version: 'unknown', githash: 'unknown' },
    ...{ path: library, hash: await sha256(library) },
  };
}

/** A finding whose files say what somebody has written into them. */
function tampered(change: (file: FindingFile) => object, opinions?: readonly object[]): string {
  const folder = kernelSolution(temporaryFolder());
  const path = join(folder, 'finding.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as FindingFile;
  writeFileSync(path, JSON.stringify({ ...file, ...change(file) }));
  if (opinions !== undefined)
    writeFileSync(
      join(folder, 'opinions.json'),
      JSON.stringify({ format: 'lean-fuzz opinions', version: 1, opinions }),
    );
  return folder;
}

const difference = { kind: 'lead', class: 'difference', signature: 'difference: recursor' } as const;
const names = { against: '--against', checker: '--checker' };

function leanOf(folder: string): Promise<Lean> {
  return leanOfFinding(loadFinding(folder).file, undefined, '--lean', toNobody);
}

function opponentOf(folder: string): Promise<unknown> {
  const own: Lean = { ...embedded, kind: 'embedded' };
  return findOpponent(folder, loadFinding(folder).file, own, {}, names, toNobody);
}

beforeEach(() => {
  vi.stubEnv('LEAN_FUZZ_CACHE', temporaryFolder());
  vi.stubEnv('ELAN_HOME', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a library that a finding names', () => {
  it('is neither loaded nor asked where nobody here has named it, whatever its hash', async () => {
    const { root, library, mark } = toolchain();
    const lean = await recordOf(library);
    const folder = tampered(() => ({ lean }));
    await expect(leanOf(folder)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        /^finding: got ".*libleanshared\.so, sha256 [0-9a-f]{12}\)", expected a Lean that is known here: a toolchain of elan, or .*; --lean names another$/,
      ) as unknown,
    });
    await expect(findLean(root, { isFromFile: true })).rejects.toThrow('expected a Lean that is known here');
    expect(existsSync(mark)).toBe(false);
  });

  it('is loaded once the user has named it, as long as it is the same', async () => {
    const { root, library } = toolchain();
    const { lean: named } = await chooseLean(root, kernel);
    const folder = tampered(() => ({ lean: identityOf(named) }));
    expect(await leanOf(folder)).toEqual(named);
    expect((await findLean(root, { isFromFile: true })).lean).toEqual(named);
    const before = await sha256(library);
    rebuild(library);
    const after = await sha256(library);
    await expect(leanOf(folder)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        new RegExp(`sha256 ${after.slice(0, 12)}\\).*found on, .*sha256 ${before.slice(0, 12)}\\)`),
      ) as unknown,
    });
    // Who writes the hash of what lies there now has not named it, either.
    const record = await recordOf(library);
    await expect(leanOf(tampered(() => ({ lean: record })))).rejects.toThrow('--lean names another');
  });

  it('is found by its hash among the toolchains of elan, wherever it was', async () => {
    const { library } = toolchain();
    const record = await recordOf(library);
    const ofElan = toolchain(join(process.env['ELAN_HOME'] ?? '', 'toolchains', 'mine'));
    const folder = tampered(() => ({ lean: { ...record, path: '/home/stranger/lib/libleanshared.so' } }));
    expect(await leanOf(folder)).toMatchObject({ name: 'mine', path: ofElan.library });
  });

  it('is not taken for a known one because a link leads there', async () => {
    const known = toolchain();
    await chooseLean(known.root, kernel);
    const link = join(temporaryFolder(), 'link');
    symlinkSync(known.root, link);
    expect((await findLean(link, { isFromFile: true })).lean).toMatchObject({ path: known.library });
    rebuild(known.library);
    const record = { ...(await recordOf(known.library)), path: join(link, 'lib/lean/libleanshared.so') };
    await expect(leanOf(tampered(() => ({ lean: record })))).rejects.toMatchObject({ exitCode: 78 });
  });
});

describe('the other Lean that opinions.json names', () => {
  const opinion = (lean: LeanIdentity, kind: string): object => ({
    by: { kind: 'lean', lean },
    answer: { kind },
  });

  it('is neither loaded nor asked where nobody here has named it', async () => {
    const { library, mark } = toolchain();
    const opinions = [opinion(embedded, 'accepts'), opinion(await recordOf(library), 'refuses')];
    const folder = tampered(() => difference, opinions);
    await expect(opponentOf(folder)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        /expected a Lean that is known here: .*; --against names another$/,
      ) as unknown,
    });
    expect(existsSync(mark)).toBe(false);
  });

  it('has to have the hash that stands there', async () => {
    const { root, library } = toolchain();
    const { lean: named } = await chooseLean(root, kernel);
    const opinions = [opinion(embedded, 'accepts'), opinion(identityOf(named), 'refuses')];
    const folder = tampered(() => difference, opinions);
    expect(await opponentOf(folder)).toEqual({ kind: 'lean', lean: named, mutant: null });
    rebuild(library);
    await expect(opponentOf(folder)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        /sha256 \w{12}\)", expected .*sha256 \w{12}\); --against names/,
      ) as unknown,
    });
  });

  it('is the embedded one of the same hash', async () => {
    const { root } = toolchain();
    const { lean: own } = await chooseLean(root, kernel);
    const other = { ...embedded, hash: '0'.repeat(64) };
    const folder = tampered(() => difference, [opinion(own, 'accepts'), opinion(other, 'refuses')]);
    const { file } = loadFinding(folder);
    await expect(findOpponent(folder, file, own, {}, names, toNobody)).rejects.toThrow(
      /sha256 \w{12}\)", expected the Lean that differs, .*sha256 000000000000\); --against names another/,
    );
    expect(dirname(own.path)).toBe(join(root, 'lib', 'lean'));
  });
});
