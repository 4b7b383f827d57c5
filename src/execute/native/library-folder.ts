import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { NativeLean } from '../../api/lean.js';
import { invalid, messageOf, unusable } from '../../util/errors.js';
import { compareVersions, ElfFile } from './elf.js';
import { factsOf } from './library-facts.js';
import { isFile } from '../../util/files.js';

/** The library with the kernel; the one that is hashed. */
const mainLibrary = 'libleanshared.so';

/** All libraries of a toolchain in the order in which they need each other. Older releases have fewer. */
const libraryNames = ['libInit_shared.so', 'libleanshared_2.so', 'libleanshared_1.so', mainLibrary];

/** Where the libraries of a folder may be, seen from it. */
const places = ['lib/lean', 'lib', '.'];

/**
 * The Lean of a toolchain's folder, or of a folder with the libraries. `named` says what led there, for messages, and
 * `name` is what it is called. UserError: 2 where there are no libraries, 78 where they can't be loaded here.
 */
export async function leanOfFolder(named: string, folder: string, name?: string): Promise<NativeLean> {
  const libraryFolder = findLibraries(named, folder);
  const libraries = libraryNames
    .map((library) => join(libraryFolder, library))
    .filter((path) => existsSync(path));
  libraries.forEach((path) => checkLibrary(named, path));
  const path = join(libraryFolder, mainLibrary);
  const { version, githash, hash } = await factsOf(path).catch((error: unknown) => {
    throw unusable(named, path, `a library that can be read (${messageOf(error)})`);
  });
  const root = rootOf(libraryFolder);
  const hasOleans = existsSync(join(libraryFolder, 'Init.olean'));
  return {
    kind: 'native',
    name: name ?? root,
    version,
    githash,
    path,
    hash,
    root,
    libraryFolder,
    libraries,
    hasOleans,
  };
}

/** Refuses a Lean whose library is not there any more, or is another one by now. UserError (78). */
export async function expectUnchanged({ name, path, hash }: NativeLean): Promise<void> {
  const facts = await factsOf(path).catch((error: unknown) => {
    throw unusable(`native Lean (${name})`, path, `the library that was there before (${messageOf(error)})`);
  });
  if (facts.hash !== hash)
    throw unusable(
      `native Lean (${name})`,
      `${path} with SHA-256 ${facts.hash.slice(0, 12)}`,
      `the library that was there before, with ${hash.slice(0, 12)}`,
    );
}

/** The full path of the folder that has the main library. */
function findLibraries(named: string, folder: string): string {
  const given = resolve(folder);
  // The library itself will do for its folder.
  const start = basename(given) === mainLibrary && isFile(given) ? dirname(given) : given;
  if (!existsSync(start)) throw invalid(named, folder, 'a folder that exists');
  if (!statSync(start).isDirectory()) throw invalid(named, folder, 'a folder');
  try {
    accessSync(start, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw unusable(named, folder, `a folder that can be read (${messageOf(error)})`);
  }
  const place = placeIn(start);
  if (place === undefined)
    throw invalid(named, folder, `a folder with ${mainLibrary} in lib/lean, in lib, or in itself`);
  return realpathSync(place);
}

function placeIn(folder: string): string | undefined {
  return places.map((one) => join(folder, one)).find((one) => existsSync(join(one, mainLibrary)));
}

/** The full path of the main library below a folder; undefined where there is none. Nothing of it is read or run. */
export function libraryIn(folder: string): string | undefined {
  const given = resolve(folder);
  // The library itself will do for its folder.
  const place = basename(given) === mainLibrary && isFile(given) ? dirname(given) : placeIn(given);
  return place === undefined ? undefined : join(realpathSync(place), mainLibrary);
}

function rootOf(libraryFolder: string): string {
  const root = dirname(dirname(libraryFolder));
  return join(root, 'lib', 'lean') === libraryFolder ? root : libraryFolder;
}

/** Refuses what this machine could not load, before a process dies of it. */
function checkLibrary(named: string, path: string): void {
  let elf: ElfFile | string;
  try {
    elf = ElfFile.open(path);
  } catch (error) {
    throw unusable(named, path, `a library that can be read (${messageOf(error)})`);
  }
  if (typeof elf === 'string') throw unusable(named, `${path}: ${elf}`, `a library of ${process.arch} Linux`);
  const needed = elf.neededGlibc;
  const present = glibcVersion();
  if (needed !== undefined && (present === undefined || compareVersions(needed, present) > 0))
    throw unusable(named, `${path}: a library that needs glibc ${needed}`, `at most glibc ${present ?? '0'}`);
}

let glibc: { readonly version: string | undefined } | undefined;

/** The version of the C library that Node runs on; undefined where it is no glibc. The report is not made twice. */
function glibcVersion(): string | undefined {
  if (glibc === undefined) {
    // Not in Node's types yet: without it, the report asks for the names of open connections.
    Object.assign(process.report, { excludeNetwork: true });
    const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
    glibc = { version: header?.glibcVersionRuntime };
  }
  return glibc.version;
}
