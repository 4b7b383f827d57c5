import { join } from 'node:path';
import type { Candidate, Unit } from '../api/candidate.js';
import type { CandidateError, CandidateOutline } from '../api/candidate-error.js';
import { packageVersion } from '../util/package.js';
import { asText } from './candidate-text.js';
import { replaceFile } from '../util/files.js';
import { makeFolder } from '../util/make-folder.js';

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
    candidate,
  };
  makeFolder(folder);
  replaceFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return path;
}

/** The stored outline of a candidate that ended in an error. */
export function outlineOf({ level, lineage, units }: Candidate): CandidateOutline {
  const { parents, mutators, categories } = lineage;
  const described = units.map((unit) => {
    const { kind, expected, declares, uses } = unit;
    return { kind, expected, declares, uses, ...contentOf(unit) };
  });
  return { level, parents, mutators, categories, listing: listingOf(units), units: described };
}

function contentOf(unit: Unit): { text: string } | { words: string | null } {
  if (unit.form !== 'kernel') return { text: unit.text.slice(0, maxUnitLength) };
  try {
    const { buffer, byteOffset, byteLength } = unit.words;
    const words = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
    return { words: words.slice(0, maxUnitLength) };
  } catch {
    return { words: null }; // what the error may be about
  }
}

/** For people; null where what the candidate is made of can't be printed. */
function listingOf(units: readonly Unit[]): string | null {
  if (units.every(({ form }) => form !== 'kernel')) return null; // the units' texts say it
  try {
    return asText(units).slice(0, maxUnitLength);
  } catch {
    return null;
  }
}
