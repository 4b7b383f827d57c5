import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A toolchain of elan. */
export interface InstalledToolchain {
  /** As users know it, such as `leanprover/lean4:v4.35.0`, or the name that it was linked under. */
  readonly name: string;
  /** Its folder, below elan's `toolchains` or where a link leads. */
  readonly folder: string;
}

const ownOrigin = 'leanprover/lean4';

/** All toolchains that elan has, by name. Links that lead nowhere are among them: the user thinks they are there. */
export function installedToolchains(home: string): InstalledToolchain[] {
  const folder = join(home, 'toolchains');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => ({ name: nameOfFolder(name), folder: follow(join(folder, name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The toolchain that elan means by a name. A link comes first, then what has that name as it is, then the release of
 * that name (`v4.35.0`, `4.35.0`, `nightly-2026-01-31`), then, for a channel, the newest of it that is there: elan
 * would ask the network for the newest of all.
 */
export function findToolchain(home: string, name: string): InstalledToolchain | undefined {
  const { release } = parts(name);
  // These are no names of a folder in a folder.
  if (/^\.*$|\0/.test(release)) return undefined;
  const known = (one: string): InstalledToolchain | undefined => {
    const folder = join(home, 'toolchains', folderOfName(one));
    return isToolchainFolder(folder) ? { name: one, folder: follow(folder) } : undefined;
  };
  if (isLink(join(home, 'toolchains', folderOfName(release)))) return known(release);
  return known(name) ?? known(fullNameOf(name)) ?? newestOfChannel(installedToolchains(home), name);
}

/** Whether elan would take it for a name at all. */
export function isToolchainName(name: string): boolean {
  return /^(?:[\w-]+\/[\w-]+:)?[a-zA-Z0-9.-]+$/.test(name);
}

/** How elan calls a toolchain whose folder has this name. */
export function nameOfFolder(folder: string): string {
  return folder.replaceAll('---', ':').replaceAll('--', '/');
}

function folderOfName(name: string): string {
  return name.replaceAll('/', '--').replaceAll(':', '---');
}

function parts(name: string): { origin: string | undefined; release: string } {
  const at = name.lastIndexOf(':');
  return at < 0
    ? { origin: undefined, release: name }
    : { origin: name.slice(0, at), release: name.slice(at + 1) };
}

/** The full name that elan takes a name for: nightlies have an origin of their own, and versions a `v` in front. */
export function fullNameOf(name: string): string {
  const { origin = ownOrigin, release } = parts(name);
  const isNightly = release.startsWith('nightly') && !origin.endsWith('-nightly');
  return `${origin}${isNightly ? '-nightly' : ''}:${/^\d/.test(release) ? 'v' : ''}${release}`;
}

/** The newest of those toolchains that are of a channel; undefined where the name is of none. */
export function newestOfChannel(
  toolchains: readonly InstalledToolchain[],
  name: string,
): InstalledToolchain | undefined {
  const { origin = ownOrigin, release: channel } = parts(name);
  const isOfChannel: Readonly<Record<string, (release: string) => boolean>> = {
    stable: (release) => /^v\d+\.\d+\.\d+$/.test(release),
    beta: (release) => /^v\d+\.\d+\.\d+-/.test(release),
    nightly: (release) => release.startsWith('nightly-'),
  };
  const fits = Object.hasOwn(isOfChannel, channel) ? isOfChannel[channel] : undefined;
  if (fits === undefined) return undefined;
  const origins = [origin, `${origin}-nightly`];
  return toolchains
    .map((toolchain) => ({ ...parts(toolchain.name), toolchain }))
    .filter((one) => origins.includes(one.origin ?? '') && fits(one.release))
    .sort((a, b) => a.release.localeCompare(b.release, 'en', { numeric: true }))
    .at(-1)?.toolchain;
}

function isToolchainFolder(path: string): boolean {
  return isLink(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Where a path leads; itself where that is nowhere. */
function follow(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
