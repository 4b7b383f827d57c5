import { dirname } from 'node:path';
import { Option } from 'commander';
import { describeLean, isSameLean, type Lean } from '../api/lean.js';
import { chooseLean, type LeanUse } from '../execute/native/chosen-lean.js';
import { findLean } from '../execute/native/toolchain.js';
import { optionTable } from '../options/option-table.js';
import type { FindingFile } from '../store/finding-files.js';
import { messageOf, unusable } from '../util/errors.js';
import { printError } from './output.js';

const { about, byDefault } = optionTable.lean;

/** The option that names the Lean, for every command that boots one. */
export function leanOption(): Option {
  return new Option('--lean <which>', about).default(byDefault);
}

/** The same for a command that runs a finding: on the Lean that it was found on, where nothing else is said. */
export function leanOfFindingOption(): Option {
  return new Option('--lean <which>', `${about} (default: the one that it was found on)`);
}

/**
 * The Lean that --lean, or another option, names, for a use that it can serve; what the user should hear of it goes to
 * stderr.
 */
export async function chosenLean(which: string, use: LeanUse, option = '--lean'): Promise<Lean> {
  const { lean, notes } = await chooseLean(which, use, { option });
  notes.forEach(printError);
  return lean;
}

/** The use that a finding's Lean is put to. */
export function useOfFinding({ level, kernelMutant: mutant }: FindingFile): LeanUse {
  return { level: level === 'kernel' ? 'kernel' : 'source', mutant };
}

/** The Lean for a finding. UserError (78) where the one that it was found on is not here as it was. */
export async function leanOfFinding(file: FindingFile, which: string | undefined): Promise<Lean> {
  const use = useOfFinding(file);
  if (which !== undefined) return chosenLean(which, use);
  const { lean: found } = file;
  // A finding of a Lake target, or of before there were native Leans, says nothing of a library.
  if (found?.kind !== 'native' || file.target === 'lake') return chosenLean('embedded', use);
  const expected = `the Lean that it was found on, ${describeLean(found)}; --lean names another`;
  const here = await findLean(dirname(found.path)).catch((error: unknown) => {
    throw unusable('finding', messageOf(error), expected);
  });
  if (!isSameLean(found, here.lean)) throw unusable('finding', describeLean(here.lean), expected);
  return here.lean;
}
