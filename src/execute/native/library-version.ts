import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ElfFile } from './elf.js';

/** Both `unknown` where nothing tells; the library itself does when it is booted. */
export interface LeanVersion {
  readonly version: string;
  readonly githash: string;
}

const commandMillis = 10_000;

/**
 * Version and commit of the Lean in a library. They are read from files: its constants, the header of a compiled module
 * beside it, the toolchain's C headers. Only where these do not tell is the toolchain's own `lean` asked.
 */
export async function versionOf(library: string): Promise<LeanVersion> {
  const folder = dirname(library);
  const root = dirname(dirname(folder));
  const fromFiles = [fromConstants(library), fromModule(join(folder, 'Init.olean')), fromHeader(root)];
  const found = merge(fromFiles);
  if (found.version !== 'unknown' && found.githash !== 'unknown') return found;
  return merge([found, await fromCommand(join(root, 'bin', 'lean'))]);
}

function merge(sources: readonly Partial<LeanVersion>[]): LeanVersion {
  const first = (key: keyof LeanVersion): string =>
    sources.map((source) => source[key]).find((value) => value !== undefined && value !== 'unknown') ??
    'unknown';
  return { version: first('version'), githash: first('githash') };
}

/** A library has the commit, and a released one the address of its manual, as constant strings. */
function fromConstants(library: string): Partial<LeanVersion> {
  const elf = ElfFile.open(library);
  if (typeof elf === 'string') return {};
  const text = elf.read('.rodata').toString('latin1');
  const commits = new Set([...text.matchAll(/\0([0-9a-f]{40})(?=\0)/g)].map(([, commit]) => commit));
  const versions = new Set(
    [...text.matchAll(/lean-lang\.org\/doc\/reference\/(\d+\.\d+\.\d+[\w.+-]*)\/?\0/g)].map(
      ([, version]) => version,
    ),
  );
  return { ...only('githash', commits), ...only('version', versions) };
}

/** Where there are several, none of them is known to be the one. */
function only(key: keyof LeanVersion, found: ReadonlySet<string | undefined>): Partial<LeanVersion> {
  const [value] = found;
  return found.size === 1 && value !== undefined ? { [key]: value } : {};
}

/** A compiled module begins with `olean`, its format, flags, the version in 33 bytes and the commit in 40. */
function fromModule(olean: string): Partial<LeanVersion> {
  const header = Buffer.alloc(80);
  try {
    const descriptor = openSync(olean, 'r');
    try {
      readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return {};
  }
  if (header.toString('latin1', 0, 5) !== 'olean' || header[5] !== 2) return {};
  const version = /^\d+\.\d+\.\d+[\w.+-]*/.exec(header.toString('latin1', 7, 40))?.[0];
  const githash = /^[0-9a-f]{40}$/.exec(header.toString('latin1', 40, 80))?.[0];
  return { ...(version === undefined ? {} : { version }), ...(githash === undefined ? {} : { githash }) };
}

function fromHeader(root: string): Partial<LeanVersion> {
  const path = join(root, 'include', 'lean', 'version.h');
  try {
    const text = readFileSync(path, 'utf8');
    const [major, minor, patch] = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`#define\\s+LEAN_VERSION_${part}\\s+(\\d+)`).exec(text)?.[1],
    );
    if (major === undefined || minor === undefined || patch === undefined) return {};
    const special = /#define\s+LEAN_SPECIAL_VERSION_DESC\s+"([\w.+-]+)"/.exec(text)?.[1];
    const isRelease = /#define\s+LEAN_VERSION_IS_RELEASE\s+1/.test(text);
    const suffix = special === undefined ? (isRelease ? '' : '-pre') : `-${special}`;
    return { version: `${major}.${minor}.${patch}${suffix}` };
  } catch {
    return {};
  }
}

/** The program in the toolchain itself, never the one on the PATH, which may be a shim that fetches something. */
async function fromCommand(lean: string): Promise<Partial<LeanVersion>> {
  if (!existsSync(lean)) return {};
  // Most commands start no program, and this is a large part of what they would load.
  const { execa } = await import('execa');
  const { stdout } = await execa(lean, ['--version'], {
    timeout: commandMillis,
    reject: false,
    stdin: 'ignore',
  });
  const version = /version ([^\s,)]+)/.exec(stdout)?.[1];
  const githash = /commit ([0-9a-f]{40})/.exec(stdout)?.[1];
  return { ...(version === undefined ? {} : { version }), ...(githash === undefined ? {} : { githash }) };
}
