import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import { messageOf, unusable } from '../../util/errors.js';
import { readBounded } from '../../util/files.js';

/** Bytes of a file of settings. */
const maxBytes = 1 << 20;

/** Settings of elan: the default toolchain, and the toolchains of folders. */
export interface ElanSettings {
  readonly defaultToolchain: string | undefined;
  /** Toolchains by folder. */
  readonly overrides: ReadonlyMap<string, string>;
}

/** Where elan keeps its settings and toolchains. */
export function elanHome(environment: NodeJS.ProcessEnv): string {
  const named = environment['ELAN_HOME'];
  // elan, too, takes a relative path from the current folder.
  return named === undefined ? join(environment['HOME'] ?? homedir(), '.elan') : resolve(named);
}

/** Reads elan's settings; none where the file is missing. UserError (78) where it is no such file. */
export function readElanSettings(home: string): ElanSettings {
  const path = join(home, 'settings.toml');
  if (!existsSync(path)) return { defaultToolchain: undefined, overrides: new Map() };
  const table = readToml(path);
  const defaultToolchain = table['default_toolchain'];
  if (defaultToolchain !== undefined && typeof defaultToolchain !== 'string')
    throw unusable(`${path}: default_toolchain`, defaultToolchain, 'the name of a toolchain');
  const overrides = table['overrides'] ?? {};
  if (typeof overrides !== 'object' || Array.isArray(overrides))
    throw unusable(`${path}: overrides`, overrides, 'a table of folders and toolchains');
  const pairs = Object.entries(overrides).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return { defaultToolchain, overrides: new Map(pairs) };
}

/** Reads a TOML file. UserError (78) that names it and the line. */
export function readToml(path: string): TomlTable {
  try {
    return parse(readBounded(path, maxBytes).toString());
  } catch (error) {
    // The message goes on with a picture of the lines.
    const [problem = ''] = messageOf(error).split('\n');
    throw unusable(path, problem, 'a TOML file that can be read');
  }
}
