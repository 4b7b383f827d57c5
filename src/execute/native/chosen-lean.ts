import { describeLean, type Lean, type LeanIdentity, type NativeLean } from '../../api/lean.js';
import { invalid, unusable } from '../../util/errors.js';
import { atLeastRelease } from '../../util/release.js';
import { embeddedLean } from '../embedded/package-files.js';
import { isKernelMutant, kernelMutants } from '../embedded/kernel-mutants.js';
import type { ZygoteOptions } from '../zygote/zygote-options.js';
import { importsOf } from './core-library.js';
import { isMutantOf, patchOf } from './kernel-mutants.js';
import { knownLeanAt, rememberLean, sameLeanHere } from './known-leans.js';
import { findLean, whatIsKnown, type FoundLean, type LeanSearch } from './toolchain.js';
import type { LevelChoice } from '../../api/execution.js';

/** Level and mutant that a Lean has to support. */
export interface LeanUse {
  readonly level: LevelChoice;
  /** The kernel bug that is planted, or null. */
  readonly mutant: string | null;
}

/**
 * The Lean that `--lean WHICH` names, for a use that it can serve: by its name it is refused for another one
 * (UserError, 2), and `auto` takes the embedded Lean in its place and says so. For source level, `auto` wants a whole
 * toolchain.
 */
export async function chooseLean(which: string, use: LeanUse, search: LeanSearch = {}): Promise<FoundLean> {
  const found = await findLean(which, search);
  if (found.lean.kind === 'native' && search.isFromFile !== true) rememberLean(found.lean);
  const lacking = whatItLacks(found.lean, use, which === 'auto');
  if (lacking === undefined) return found;
  if (which !== 'auto') throw invalid(search.option ?? '--lean', which, `embedded, because ${lacking}`);
  const note = `the toolchain meant here is ${found.lean.name}, but ${lacking}: the embedded Lean runs`;
  return { lean: embeddedLean(), notes: [...found.notes, note] };
}

/**
 * The Lean of which a file says that something was found on it, for a use that it can serve. A native one is the same
 * by version and hash among those that are known here, wherever it lies; the embedded one is that of the package.
 * UserError (78) that names both where what lies in its place is another, or that it is not known; `option` is how the
 * user names another.
 */
export async function leanOfRecord(
  what: string,
  record: LeanIdentity,
  use: LeanUse,
  option: string,
): Promise<Lean> {
  if (record.kind === 'embedded') return embeddedLean();
  const lean = await sameLeanHere(record);
  if (lean === undefined) {
    const there = await knownLeanAt(record.path).catch(() => undefined);
    const [got, expected] =
      there === undefined
        ? [describeLean(record), whatIsKnown]
        : [describeLean(there), `the Lean that it was found on, ${describeLean(record)}`];
    throw unusable(what, got, `${expected}; ${option} names another`);
  }
  const lacking = whatItLacks(lean, use, false);
  if (lacking !== undefined) throw unusable(what, describeLean(lean), `another, because ${lacking}`);
  return lean;
}

/** The oldest release whose parser and elaborator were called as this program calls them. */
const sourceSince = [4, 35, 0];

function whatItLacks(lean: Lean, { level, mutant }: LeanUse, isAuto: boolean): string | undefined {
  if (lean.kind === 'embedded') return undefined;
  if (mutant !== null && !isMutantOf(lean, mutant)) return `it has no planted bug ${mutant}`;
  if (!isAuto || level === 'kernel') return undefined;
  if (!lean.hasOleans) return `--level ${level} needs the compiled modules of its Init`;
  return whySourceIsUntried(lean);
}

/** Why source level was never tried on a native Lean; undefined where it was. */
export function whySourceIsUntried({ version }: NativeLean): string | undefined {
  if (atLeastRelease(version)?.(...sourceSince) === true) return undefined;
  return `source level was tried from Lean ${sourceSince.join('.')} on`;
}

/**
 * How a zygote is told which Lean it boots, what it imports, and which bug is planted in its kernel. UserError (2,
 * 78) where that can't be; the signal's reason where that is aborted while what it imports is compiled.
 */
export async function zygoteOf(
  lean: Lean,
  { level, mutant }: LeanUse,
  signal?: AbortSignal,
): Promise<ZygoteOfLean> {
  return { ...kernelZygoteOf(lean, mutant), ...(await importsFor(lean, level, signal)) };
}

/** The parts of a zygote's options that say which Lean it boots. */
type ZygoteOfLean = Pick<ZygoteOptions, 'native' | 'mutant' | 'patch' | 'imports'>;

/** The same without what it imports, for which nothing is compiled. UserError (2, 78) where that can't be. */
export function kernelZygoteOf(lean: Lean, mutant: string | null): Omit<ZygoteOfLean, 'imports'> {
  if (lean.kind === 'native')
    return { native: lean, ...(mutant === null ? {} : { patch: patchOf(lean, mutant) }) };
  if (mutant === null) return {};
  if (!isKernelMutant(mutant))
    throw invalid('--kernel-mutant', mutant, `one of ${Object.keys(kernelMutants).join(', ')}`);
  return { mutant };
}

/** The modules that it imports; UserError (78), and the signal's reason where that is aborted while that is compiled. */
export async function importsFor(
  lean: Lean,
  level: LeanUse['level'],
  signal?: AbortSignal,
): Promise<Pick<ZygoteOfLean, 'imports'>> {
  if (lean.kind === 'embedded' || level === 'kernel') return {};
  return { imports: await importsOf(lean, signal) };
}
