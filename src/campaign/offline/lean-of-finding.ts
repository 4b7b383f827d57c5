import type { Lean } from '../../api/lean.js';
import { chooseLean, leanOfRecord, type LeanUse } from '../../execute/native/chosen-lean.js';
import type { FindingFile } from '../../store/finding-files.js';

/** Hears what a user should know of the Lean that was chosen. */
export type TellNote = (note: string) => void;

/** The Lean that an option names, for a use that it can serve. */
export async function chosenLean(which: string, use: LeanUse, option: string, tell: TellNote): Promise<Lean> {
  const { lean, notes } = await chooseLean(which, use, { option });
  notes.forEach(tell);
  return lean;
}

/** The use that a finding's Lean is put to. */
export function useOfFinding({ level, kernelMutant: mutant }: FindingFile): LeanUse {
  return { level: level === 'kernel' ? 'kernel' : 'source', mutant };
}

/** The Lean for a finding. UserError (78) where the one that it was found on is not known here as it was. */
export async function leanOfFinding(
  file: FindingFile,
  which: string | undefined,
  option: string,
  tell: TellNote,
): Promise<Lean> {
  const use = useOfFinding(file);
  if (which !== undefined) return chosenLean(which, use, option, tell);
  const { lean: found } = file;
  // A finding of a Lake target, or of before there were native Leans, says nothing of a library.
  if (found === undefined || file.target === 'lake') return chosenLean('embedded', use, option, tell);
  return leanOfRecord('finding', found, use, option);
}
