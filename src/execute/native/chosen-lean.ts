import type { Lean } from '../../api/lean.js';
import { invalid } from '../../util/errors.js';
import { embeddedLean } from '../embedded/package-files.js';
import { isKernelMutant, kernelMutants } from '../embedded/kernel-mutants.js';
import type { ZygoteOptions } from '../embedded/zygote-options.js';
import { isMutantOf, patchOf } from './kernel-mutants.js';
import { findLean, type FoundLean, type LeanSearch } from './toolchain.js';

/** Level and mutant that a Lean has to support. */
export interface LeanUse {
  readonly level: 'source' | 'kernel' | 'both';
  /** The kernel bug that is planted, or null. */
  readonly mutant: string | null;
}

/**
 * The Lean that `--lean WHICH` names, for a use that it can serve. A native Lean runs kernel level only: by its name it
 * is refused for anything else (UserError, 2), and `auto` takes the embedded Lean in its place and says so.
 */
export async function chooseLean(which: string, use: LeanUse, search: LeanSearch = {}): Promise<FoundLean> {
  const found = await findLean(which, search);
  const lacking = whatItLacks(found.lean, use);
  if (lacking === undefined) return found;
  if (which !== 'auto') throw invalid(search.option ?? '--lean', which, `embedded, because ${lacking}`);
  const note = `the toolchain meant here is ${found.lean.name}, but ${lacking}: the embedded Lean runs`;
  return { lean: embeddedLean(), notes: [...found.notes, note] };
}

function whatItLacks(lean: Lean, { level, mutant }: LeanUse): string | undefined {
  if (lean.kind === 'embedded') return undefined;
  if (mutant !== null && !isMutantOf(lean, mutant)) return `it has no planted bug ${mutant}`;
  if (level !== 'kernel') return `a native Lean runs --level kernel only, not ${level}`;
  return undefined;
}

/** How a zygote is told which Lean it boots, and which bug is planted in its kernel. UserError (2) where it can't be. */
export function zygoteOf(
  lean: Lean,
  mutant: string | null = null,
): Pick<ZygoteOptions, 'native' | 'mutant' | 'patch'> {
  if (lean.kind === 'native')
    return mutant === null ? { native: lean } : { native: lean, patch: patchOf(lean, mutant) };
  if (mutant === null) return {};
  if (!isKernelMutant(mutant))
    throw invalid('--kernel-mutant', mutant, `one of ${Object.keys(kernelMutants).join(', ')}`);
  return { mutant };
}
