/** The kernel that a campaign belongs to: what it has found says nothing of another one. */
import type { CodeMap } from '../api/code-map.js';
import { describeLean, identityOf, isSameLean, type LeanIdentity } from '../api/lean.js';
import type { CampaignDatabase } from '../store/database.js';
import { storedLean } from '../store/read-campaign.js';
import { unusable } from '../util/errors.js';
import { mapHash } from './coverage/watched-code.js';

const keys = ['lean', 'kernelMutant', 'codeMap'];

/** Which kernel a campaign runs on. */
export interface CampaignKernel {
  /** Undefined where it is not known yet: on the Lake target before that has started. */
  readonly lean: LeanIdentity | undefined;
  /** The bug that is planted in it, or null. */
  readonly mutant: string | null;
  /** The code of it that is watched; undefined where none is. */
  readonly codeMap: CodeMap | undefined;
}

/** Whether the campaign of a database belongs to a kernel. */
export function hasKernel(database: CampaignDatabase): boolean {
  return keys.some((key) => database.getValue(key) !== undefined);
}

/** Has the campaign belong to none again, with its options open: it never began. */
export function forgetBeginning(database: CampaignDatabase | undefined): void {
  try {
    for (const key of [...keys, 'options']) database?.deleteValue(key);
  } catch {
    // No error of its own: the one that ended the campaign is told, and may be of the same database.
  }
}

function expectOwnKernel(
  folder: string,
  database: CampaignDatabase,
  { lean, mutant, codeMap }: CampaignKernel,
): void {
  const ownLean = storedLean(database.getValue('lean'));
  if (ownLean !== undefined && lean !== undefined && !isSameLean(ownLean, lean)) {
    const expected = `one on Lean ${describeLean(lean)}; --lean names the Lean, --campaign another folder`;
    throw unusable(folder, `a campaign on Lean ${describeLean(ownLean)}`, expected);
  }
  const ownBug = database.getValue('kernelMutant');
  if (ownBug !== undefined && ownBug !== bugOf(mutant))
    throw unusable(folder, `a campaign with the planted bug ${ownBug}`, `one with ${bugOf(mutant)}`);
  const ownMap = database.getValue('codeMap');
  if (ownMap !== undefined && codeMap !== undefined && ownMap !== mapHash(codeMap)) {
    const expected = 'one of the version that made it, a new folder, or --coverage off';
    throw unusable(folder, "a campaign with another map of the kernel's code", expected);
  }
}

/** Has the campaign in a folder belong to a kernel. UserError (78) where it belongs to another one already. */
export function keepKernel(folder: string, database: CampaignDatabase, kernel: CampaignKernel): void {
  expectOwnKernel(folder, database, kernel);
  const { lean, mutant, codeMap } = kernel;
  if (lean !== undefined && database.getValue('lean') === undefined)
    database.setValue('lean', JSON.stringify(identityOf(lean)));
  database.setValue('kernelMutant', bugOf(mutant));
  if (codeMap !== undefined) database.setValue('codeMap', mapHash(codeMap));
}

/** As a database says it. */
function bugOf(mutant: string | null): string {
  return mutant ?? 'none';
}
