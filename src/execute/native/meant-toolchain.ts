import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, unusable } from '../../util/errors.js';
import { elanHome, readElanSettings, readToml } from './elan-settings.js';
import { findToolchain, isToolchainName, nameOfFolder, type InstalledToolchain } from './toolchain-names.js';
import { canonicalPath, isFile } from '../../util/files.js';

/** The toolchain that elan would run in a folder, and why. */
export interface MeantToolchain {
  /** As it was said: a name, a channel, or a path. */
  readonly said: string;
  /** Source of the choice, for messages: a file, a variable, elan's settings. */
  readonly reason: string;
  /** The installed toolchain of that name; undefined where there is none. */
  readonly toolchain: InstalledToolchain | undefined;
}

/**
 * The toolchain that elan would run in a folder, found by elan's rules: ELAN_TOOLCHAIN; then, from the folder upwards,
 * an override, a `lean-toolchain` file, a `leanpkg.toml`, or elan's own toolchain that the folder is in; then its
 * default. Undefined where nothing says any. UserError (78) that names the file which can't be read.
 */
export function meantToolchain(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): MeantToolchain | undefined {
  const home = elanHome(environment);
  const said = fromEnvironment(environment) ?? fromFolders(folder, home) ?? fromSettings(home);
  return said === undefined
    ? undefined
    : { said: said.name, reason: said.reason, toolchain: toolchainOf(home, said) };
}

interface Said {
  readonly name: string;
  readonly reason: string;
  /** The folder that a relative path is seen from. */
  readonly from: string;
}

function toolchainOf(home: string, { name, reason, from }: Said): InstalledToolchain | undefined {
  const path = resolve(from, name);
  if (existsSync(join(path, 'bin', 'lean'))) return { name: realpathSync(path), folder: realpathSync(path) };
  if (/^\.{0,2}\//.test(name)) return undefined;
  const found = findToolchain(home, name);
  if (found === undefined && !isToolchainName(name))
    throw unusable(reason, name, 'the name or the folder of a toolchain');
  return found;
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Said | undefined {
  const name = environment['ELAN_TOOLCHAIN'] ?? '';
  return name === '' ? undefined : { name, reason: 'ELAN_TOOLCHAIN', from: process.cwd() };
}

function fromSettings(home: string): Said | undefined {
  const name = readElanSettings(home).defaultToolchain;
  return name === undefined
    ? undefined
    : { name, reason: `default_toolchain in ${join(home, 'settings.toml')}`, from: process.cwd() };
}

function fromFolders(start: string, home: string): Said | undefined {
  const { overrides } = readElanSettings(home);
  const toolchains = canonicalPath(join(home, 'toolchains'));
  for (let folder = canonicalPath(start); ; folder = dirname(folder)) {
    const override = overrides.get(folder);
    if (override !== undefined)
      return { name: override, reason: `elan's override for ${folder}`, from: folder };
    const said = fromToolchainFile(folder) ?? fromPackageFile(folder);
    if (said !== undefined) return said;
    if (folder === dirname(folder)) return undefined;
    if (dirname(folder) === toolchains)
      return { name: nameOfFolder(basename(folder)), reason: `the folder ${folder}`, from: folder };
  }
}

function fromToolchainFile(folder: string): Said | undefined {
  const path = join(folder, 'lean-toolchain');
  if (!isFile(path)) return undefined;
  const name = (read(path).split('\n')[0] ?? '').trim();
  if (name === '') throw unusable(path, name, 'the name of a toolchain in its first line');
  return { name, reason: path, from: folder };
}

/** Projects of before Lake. */
function fromPackageFile(folder: string): Said | undefined {
  const path = join(folder, 'leanpkg.toml');
  if (!isFile(path)) return undefined;
  const about = readToml(path)['package'];
  if (typeof about !== 'object' || Array.isArray(about) || about instanceof Date) return undefined;
  const name = about['lean_version'];
  if (name === undefined) return undefined;
  if (typeof name !== 'string') throw unusable(`${path}: lean_version`, name, 'the name of a toolchain');
  return { name, reason: path, from: folder };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unusable(path, messageOf(error), 'a file that can be read');
  }
}
