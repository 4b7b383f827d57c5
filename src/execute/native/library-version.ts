import { closeSync, existsSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openPlainFile, readBounded } from '../../util/files.js';
import { ElfFile } from './elf.js';

/** Both `unknown` where nothing tells; the library itself does when it is booted. */
export interface LeanVersion {
  readonly version: string;
  readonly githash: string;
}

const commandMillis = 10_000;
/** Bytes of its output; more is no version. */
const commandBytes = 1 << 16;
/** Milliseconds that the end of its output is waited for behind its own: what it has started may hold on to it. */
const outputMillis = 500;
/** Bytes of a C header. */
const headerBytes = 1 << 20;

/** A version: any other text is none, for it is printed, and handed to other processes. */
const versionForm = String.raw`\d{1,4}\.\d{1,4}\.\d{1,4}[\w.+-]{0,50}`;

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
    [...text.matchAll(new RegExp(String.raw`lean-lang\.org/doc/reference/(${versionForm})/?\0`, 'g'))].map(
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
    const descriptor = openPlainFile(olean);
    try {
      readSync(descriptor, header, 0, header.length, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return {};
  }
  if (header.toString('latin1', 0, 5) !== 'olean' || header[5] !== 2) return {};
  const version = new RegExp(`^${versionForm}`).exec(header.toString('latin1', 7, 40))?.[0];
  const githash = /^[0-9a-f]{40}$/.exec(header.toString('latin1', 40, 80))?.[0];
  return { ...(version === undefined ? {} : { version }), ...(githash === undefined ? {} : { githash }) };
}

function fromHeader(root: string): Partial<LeanVersion> {
  const path = join(root, 'include', 'lean', 'version.h');
  try {
    const text = readBounded(path, headerBytes).toString();
    const [major, minor, patch] = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`#define\\s+LEAN_VERSION_${part}\\s+(\\d{1,4})`).exec(text)?.[1],
    );
    if (major === undefined || minor === undefined || patch === undefined) return {};
    const special = /#define\s+LEAN_SPECIAL_VERSION_DESC\s+"([\w.+-]{1,50})"/.exec(text)?.[1];
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
  const running = execa(lean, ['--version'], {
    timeout: commandMillis,
    killSignal: 'SIGKILL',
    maxBuffer: commandBytes,
    reject: false,
    stdin: 'ignore',
    stderr: 'ignore',
  });
  running.once('exit', () => setTimeout(() => running.stdout.destroy(), outputMillis).unref());
  const { stdout } = await running;
  const version = new RegExp(`version (${versionForm})(?=[\\s,)])`).exec(stdout)?.[1];
  const githash = /commit ([0-9a-f]{40})/.exec(stdout)?.[1];
  return { ...(version === undefined ? {} : { version }), ...(githash === undefined ? {} : { githash }) };
}
