/**
 * The toolchains of this machine that have a name: those of elan, and those that `npm run fetch:lean` lays into the cache
 * folder. A name is looked for among elan's first.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../util/cache-folder.js';
import { messageOf, unusable } from '../../util/errors.js';
import { elanHome } from './elan-settings.js';
import {
  findToolchain,
  fullNameOf,
  installedToolchains,
  newestOfChannel,
  type InstalledToolchain,
} from './toolchain-names.js';

/** The fetched Lean of tests and benchmarks, see `npm run fetch:lean`. */
export function fetchedToolchain(): string {
  return join(fetchedFolder(), 'lean-4.35.0');
}

/** All of them, elan's first. UserError (78) that names a folder which can't be read. */
export function toolchainsHere(environment: NodeJS.ProcessEnv = process.env): InstalledToolchain[] {
  return [...ofElan(environment, installedToolchains), ...fetchedToolchains()];
}

/**
 * The toolchain of a name: what elan means by it; else the fetched one that is called so (`lean-4.35.0`), or that elan
 * would call so (`4.35.0`, `v4.35.0`, `leanprover/lean4:v4.35.0`, `stable`). Undefined where there is none. UserError (78)
 * that names a folder which can't be read.
 */
export function toolchainNamed(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): InstalledToolchain | undefined {
  return ofElan(environment, (home) => findToolchain(home, name)) ?? findFetched(name);
}

/** The names by which a toolchain can be asked for here: its own, and its release's where that means no other one. */
export function namesOf(
  { name, folder }: InstalledToolchain,
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const release = /^(?:leanprover\/lean4(?:-nightly)?:v?|lean-)(.+)$/.exec(name)?.[1];
  return [name, ...(release === undefined ? [] : [release])].filter(
    (one) => toolchainNamed(one, environment)?.folder === folder,
  );
}

function fetchedFolder(): string {
  return join(cacheFolder(), 'toolchains');
}

function ofElan<T>(environment: NodeJS.ProcessEnv, ask: (home: string) => T): T {
  const home = elanHome(environment);
  return reading(join(home, 'toolchains'), () => ask(home));
}

function reading<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unusable(folder, messageOf(error), 'a folder of toolchains that can be read');
  }
}

/** Copies that are being made, or were left half-way, have other names. */
function fetchedToolchains(): InstalledToolchain[] {
  const folder = fetchedFolder();
  if (!existsSync(folder)) return [];
  return reading(folder, () => readdirSync(folder))
    .filter((name) => /^lean-\d+\.\d+\.\d+(-rc\d+)?$/.test(name))
    .sort()
    .map((name) => ({ name, folder: join(folder, name) }));
}

function findFetched(name: string): InstalledToolchain | undefined {
  const fetched = fetchedToolchains();
  const asOfElan = fetched.map((one) => ({ ...one, name: fullNameOf(one.name.slice('lean-'.length)) }));
  const meant = asOfElan.find((one) => one.name === fullNameOf(name)) ?? newestOfChannel(asOfElan, name);
  return fetched.find((one) => one.name === name || one.folder === meant?.folder);
}
