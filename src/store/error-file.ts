import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CandidateError } from '../api/candidate-error.js';
import { packageVersion } from '../util/package.js';
import { asText } from './candidate-text.js';

/** Characters of a unit that are kept: what ends in an error may be of any size. */
const maxUnitLength = 4 << 20;

/** Keeps an error that a candidate came to, with its trace, as `<stage>-<run>.json` in a folder; returns the path. */
export function writeErrorFile(folder: string, error: CandidateError): string {
  const { stage, name, message, stack, seed, run, candidate } = error;
  const path = join(folder, `${stage}-${run}.json`);
  const content = {
    format: 'lean-fuzz error',
    version: 1,
    packageVersion,
    ...{ stage, name, message, stack: stack.split('\n'), seed, run },
    candidate: candidate === null ? null : describe(candidate),
  };
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${stage}-${run}.tmp`);
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(temporary, path);
  return path;
}

function describe({ level, lineage, units }: NonNullable<CandidateError['candidate']>): object {
  const { parents, mutators, categories } = lineage;
  const described = units.map(({ kind, text, words, declares, uses, expected }) => ({
    ...{ kind, expected, declares, uses },
    text: text.slice(0, maxUnitLength),
    words:
      words === null
        ? null
        : Buffer.from(words.buffer, words.byteOffset, words.byteLength)
            .toString('base64')
            .slice(0, maxUnitLength),
  }));
  return { level, parents, mutators, categories, listing: listingOf(units), units: described };
}

/** For people; null where what the candidate is made of can't be printed. */
function listingOf(units: NonNullable<CandidateError['candidate']>['units']): string | null {
  if (units.every(({ words }) => words === null)) return null; // the units' texts say it
  try {
    return asText(units, null).slice(0, maxUnitLength);
  } catch {
    return null;
  }
}
