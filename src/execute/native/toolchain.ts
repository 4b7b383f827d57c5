import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Lean } from '../../api/lean.js';
import { didYouMean } from '../../util/closest.js';
import { invalid, messageOf, unusable, UserError } from '../../util/errors.js';
import { embeddedLean } from '../embedded/package-files.js';
import { knownLeanAt } from './known-leans.js';
import { leanOfFolder, libraryIn } from './library-folder.js';
import { meantToolchain } from './meant-toolchain.js';
import { namesOf, toolchainNamed, toolchainsHere } from './toolchains-here.js';

/** Where `auto` looks, and what it is called in messages. */
export interface LeanSearch {
  /** Where toolchain files and overrides are looked for. Default: the current folder. */
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** How the user knows the option. Default: `--lean`. */
  readonly option?: string;
  /** Whether what names it stands in a file that may be anybody's: then a folder has to be a known Lean's. */
  readonly isFromFile?: boolean;
}

/** The Lean that was meant, and what the user should hear of how it was found. */
export interface FoundLean {
  readonly lean: Lean;
  readonly notes: readonly string[];
}

/**
 * The Lean that `--lean WHICH` names: `embedded`; `auto`, which is the toolchain that elan means in this folder, else
 * the embedded one; a toolchain of elan, or a fetched one, by its name; a toolchain's folder; a folder with the
 * libraries. Nothing is fetched, and elan is not run. UserError in one line where there is no such Lean (2), or none that this machine can load (78).
 */
export async function findLean(which: string, search: LeanSearch = {}): Promise<FoundLean> {
  const { folder = process.cwd(), environment = process.env, option = '--lean' } = search;
  if (which === 'embedded') return { lean: embeddedLean(), notes: [] };
  if (which === 'auto') return automatic(folder, environment);
  if (!/^\.{0,2}(\/|$)|^~/.test(which)) {
    const toolchain = toolchainNamed(which, environment);
    if (toolchain !== undefined)
      return { lean: await leanOfFolder(option, toolchain.folder, toolchain.name), notes: [] };
    if (!existsSync(which)) throw invalid(option, which, expectedLean(which, environment));
  }
  const named = which.replace(/^~(?=\/|$)/, homedir());
  if (search.isFromFile === true) return { lean: await knownLeanIn(option, named), notes: [] };
  return { lean: await leanOfFolder(option, named), notes: [] };
}

async function knownLeanIn(option: string, folder: string): Promise<Lean> {
  const library = libraryIn(folder);
  const lean = library === undefined ? undefined : await knownLeanAt(library);
  if (lean === undefined) throw unusable(option, folder, whatIsKnown);
  return lean;
}

/** The condition for a Lean that is loaded because a file names it, in words for messages. */
export const whatIsKnown =
  'a Lean that is known here: a toolchain of elan, or one that was named to lean-fuzz before';

async function automatic(folder: string, environment: NodeJS.ProcessEnv): Promise<FoundLean> {
  const meant = meantToolchain(folder, environment);
  if (meant === undefined) return { lean: embeddedLean(), notes: [] };
  const { said, reason, toolchain } = meant;
  if (toolchain === undefined) {
    const note = `${reason} means the toolchain ${said}, which is not installed: the embedded Lean runs`;
    return { lean: embeddedLean(), notes: [note] };
  }
  try {
    return { lean: await leanOfFolder(reason, toolchain.folder, toolchain.name), notes: [] };
  } catch (error) {
    // The chosen toolchain can't run; another Lean in its place would be a surprise.
    throw new UserError(`${messageOf(error)}; "--lean embedded" runs the Lean that comes as a package`);
  }
}

/** Valid values, for messages. */
function expectedLean(which: string, environment: NodeJS.ProcessEnv): string {
  const toolchains = toolchainsHere(environment).map((one) => namesOf(one, environment));
  const listed = toolchains.flatMap(([name, ...others]) =>
    name === undefined ? [] : others.length === 0 ? name : `${name} (${others.join(', ')})`,
  );
  const meant = didYouMean(which, ['embedded', 'auto', ...toolchains.flat()]);
  return `one of ${['embedded', 'auto', ...listed].join(', ')}, or a folder${meant}`;
}
