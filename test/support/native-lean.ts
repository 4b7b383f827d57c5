import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NativeLean } from '../../src/api/lean.js';
import { leanOfFolder } from '../../src/execute/native/library-folder.js';
import { fetchedToolchain } from '../../src/execute/native/toolchains-here.js';
import { findProgram } from '../../src/util/find-program.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * The folder of the real native Lean that `npm run fetch:lean` fetched. Undefined where it is missing: then the tests
 * that need it are left out, and one line says so.
 */
export function fetchedLean(tests: string): string | undefined {
  const folder = fetchedToolchain();
  if (existsSync(join(folder, 'bin', 'lean'))) return folder;
  console.warn(`LEFT OUT: ${tests}: no native Lean in ${folder} ("npm run fetch:lean" fetches it)`);
  return undefined;
}

/**
 * The Lean, as --lean takes it, of tests that are about what stands around a Lean and not about which one it is: the
 * fetched native one, which boots in a moment, else the embedded one.
 */
export const quickLean: string = existsSync(join(fetchedToolchain(), 'bin', 'lean'))
  ? fetchedToolchain()
  : 'embedded';

/** The fetched Lean as a value, or the one in the folder that LEAN_FUZZ_TEST_LEAN names. */
export async function nativeLean(tests: string): Promise<NativeLean | undefined> {
  const folder = process.env['LEAN_FUZZ_TEST_LEAN'] ?? fetchedLean(tests);
  return folder === undefined ? undefined : leanOfFolder('LEAN_FUZZ_TEST_LEAN', folder);
}

/** The same Lean in a folder of links, which a test can take away. */
export function linkedLean({ libraries }: NativeLean): Promise<NativeLean> {
  const folder = join(temporaryFolder(), 'linked');
  mkdirSync(folder);
  for (const library of libraries) symlinkSync(library, join(folder, basename(library)));
  return leanOfFolder('linked', folder);
}

/** A real elan: LEAN_FUZZ_TEST_ELAN, or the one on the PATH. Undefined, and said, where there is none. */
export function realElan(tests: string): string | undefined {
  const elan = findProgram(process.env['LEAN_FUZZ_TEST_ELAN'] ?? 'elan');
  if (elan === undefined)
    console.warn(`LEFT OUT: ${tests}: no elan on the PATH (LEAN_FUZZ_TEST_ELAN names one)`);
  return elan;
}
