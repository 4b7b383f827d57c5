import { decodeFinding } from '../../share/entry-codec.js';
import { describe } from '../../store/finding-files.js';
import { loadFinding, type LoadedFinding } from '../../store/load-finding.js';
import { declarationWords, storedFinding } from '../../store/stored-finding.js';
import { MalformedBytes } from '../../util/bytes.js';
import { unusable } from '../../util/errors.js';

/** A finding from its folder or its finding.json, or by its id from a campaign's database. */
export function findingAt(path: string, id: string | undefined): LoadedFinding {
  return id === undefined ? loadFinding(path) : loadStored(path, id);
}

/** Reads a finding from a campaign's database alone. UserError that names what is missing or can't be read. */
function loadStored(campaign: string, id: string): LoadedFinding {
  const row = storedFinding(campaign, id);
  try {
    const finding = { ...decodeFinding(row.bytes), id };
    const { candidate, claim } = finding;
    const where = `${campaign}, finding ${id}`;
    if (claim?.step.kind === 'declaration') declarationWords(where, claim.step.words);
    return { file: describe(finding, row.text, row), candidate, ...(claim === undefined ? {} : { claim }) };
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    throw unusable(`${campaign}, finding ${id}`, error.message, 'a finding as this version writes them');
  }
}
