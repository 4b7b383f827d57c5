/**
 * The native Leans that may be loaded for what a file says. Loading a library runs its code, and findings, campaigns
 * and their databases may be anybody's: a path that stands in them is never opened. What they say is looked for among
 * elan's toolchains, the fetched one, and those that the user has named before, by version and hash.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSameLean, type LeanIdentity, type NativeLean } from '../../api/lean.js';
import { cacheFolder, keepIfPossible } from '../../util/cache-folder.js';
import { readBounded } from '../../util/files.js';
import { leanOfFolder, libraryIn } from './library-folder.js';
import { namesOf, toolchainsHere } from './toolchains-here.js';

/** A Lean of this machine, or why it can't be used. */
export interface ListedLean {
  readonly name: string;
  /** Names by which `--lean` knows it. */
  readonly names: readonly string[];
  readonly lean: NativeLean | { readonly problem: unknown };
}

/** The native Leans that are installed here: elan's toolchains and the fetched one. */
export async function listNativeLeans(environment: NodeJS.ProcessEnv = process.env): Promise<ListedLean[]> {
  const listed: ListedLean[] = [];
  for (const one of toolchainsHere(environment)) {
    const { name, folder } = one;
    const lean = await leanOfFolder(name, folder, name).catch((problem: unknown) => ({ problem }));
    listed.push({ name, names: namesOf(one, environment), lean });
  }
  return listed;
}

/** Keeps that a user has named a Lean: from now on it is known here. */
export function rememberLean({ path, hash }: NativeLean): void {
  const file = join(namedFolder(), `${createHash('sha256').update(path).digest('hex').slice(0, 24)}.json`);
  const before = readNamed(file);
  if (before?.path !== path || before.hash !== hash) keepIfPossible(file, JSON.stringify({ path, hash }));
}

/** A known Lean with the same version and hash; one that lies where the other did comes first. */
export async function sameLeanHere(wanted: LeanIdentity): Promise<NativeLean | undefined> {
  const isThere = ({ path }: KnownPlace): boolean => path === wanted.path;
  const all = known();
  for (const one of [...all.filter(isThere), ...all.filter((place) => !isThere(place))]) {
    const lean = await leanAt(one).catch(() => undefined);
    const isAsNamed = one.hash === undefined || one.hash === lean?.hash;
    if (lean !== undefined && isAsNamed && isSameLean(wanted, lean)) return lean;
  }
  return undefined;
}

/** The known Lean whose library has this path, as it is by now. */
export async function knownLeanAt(library: string): Promise<NativeLean | undefined> {
  const one = known().find(({ path }) => path === library);
  return one && leanAt(one);
}

function leanAt({ name, folder }: KnownPlace): Promise<NativeLean> {
  return leanOfFolder(name ?? folder, folder, name);
}

interface KnownPlace {
  /** Of elan's, or where it was fetched to. */
  readonly name: string | undefined;
  readonly folder: string;
  /** Of its library; undefined where there is none. */
  readonly path: string | undefined;
  /** The hash that it had when a user named it; undefined for a Lean that is installed. */
  readonly hash: string | undefined;
}

function known(environment: NodeJS.ProcessEnv = process.env): KnownPlace[] {
  const places = toolchainsHere(environment).map((one) => ({
    ...one,
    path: libraryIn(one.folder),
    hash: undefined,
  }));
  const named = namedBefore()
    .filter(({ path }) => !places.some((place) => place.path === path))
    .map(({ path, hash }) => ({ name: undefined, folder: dirname(path), path, hash }));
  return [...places, ...named];
}

interface NamedLean {
  readonly path: string;
  readonly hash: string;
}

/** Bytes of a file that names a Lean: a path and a hash. */
const mostBytes = 1 << 16;

function namedFolder(): string {
  return join(cacheFolder(), 'named-leans');
}

/** Leans that a user has named before, and whose library is still there. */
function namedBefore(): NamedLean[] {
  const folder = namedFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => readNamed(join(folder, file)) ?? [])
    .filter(({ path }) => existsSync(path));
}

function readNamed(file: string): NamedLean | undefined {
  try {
    const { path, hash } = JSON.parse(readBounded(file, mostBytes).toString()) as Partial<NamedLean>;
    return typeof path === 'string' && typeof hash === 'string' ? { path, hash } : undefined;
  } catch {
    return undefined;
  }
}
