import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from '../api/candidate.js';
import type { Claim } from '../api/execution.js';
import { MalformedWords } from '../ir/decode.js';
import { decode } from '../ir/tree-builder.js';
import { ExitCode, UserError, invalid, messageOf } from '../util/errors.js';
import type { FindingFile } from './finding-folder.js';

export interface LoadedFinding {
  readonly file: FindingFile;
  readonly candidate: Candidate;
  readonly claim: Claim | null;
}

/** Reads a finding from its folder or its finding.json. UserError (2) that names the file where it is none. */
export function loadFinding(path: string): LoadedFinding {
  const file = readFinding(path);
  const { claim, units } = file;
  return {
    file,
    candidate: {
      level: file.level === 'kernel' ? 'kernel' : 'source',
      lineage: {
        seed: file.seed,
        run: file.run,
        parents: file.parents,
        mutators: file.mutators,
        // Files of older versions do not know.
        categories: (file as Partial<FindingFile>).categories ?? [],
      },
      units: units.map((unit) => ({
        ...unit,
        words: unit.words === null ? null : wordsOf(path, unit.words),
        // Files of older versions do not say what was expected.
        expected: (unit as Partial<typeof unit>).expected ?? 'any',
        uses: [],
        memo: '[]',
      })),
    },
    claim: claim === null ? null : { name: claim.name, constant: claim.constant, step: stepOf(path, claim) },
  };
}

function readFinding(path: string): FindingFile {
  try {
    const source = statSync(path).isDirectory() ? join(path, 'finding.json') : path;
    const value = JSON.parse(readFileSync(source, 'utf8')) as Partial<FindingFile> | null;
    if (value?.format !== 'lean-fuzz finding') {
      const { format }: { format?: unknown } = value ?? {};
      throw invalid(source, format ?? 'no format', 'a finding.json of lean-fuzz');
    }
    if (value.version !== 1) throw invalid(source, `version ${String(value.version)}`, 'version 1');
    if (!isComplete(value)) throw invalid(source, 'a damaged finding', 'a finding.json of lean-fuzz');
    return value;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: no finding: ${messageOf(error)}`, ExitCode.usage);
  }
}

/** Whether the parts that a replay uses are there and of their types. */
function isComplete(value: Partial<FindingFile>): value is FindingFile {
  const { units, claim } = value;
  const texts: unknown[] = [value.id, value.kind, value.outcome, value.leanVersion];
  if (!texts.every((text) => typeof text === 'string') || !Array.isArray(units)) return false;
  const isText = (text: unknown): boolean => typeof text === 'string' || text === null;
  const isUnit = (unit: unknown): boolean => {
    const parts = unit as Partial<FindingFile['units'][number]> | null;
    return typeof parts?.text === 'string' && isText(parts.words) && Array.isArray(parts.declares);
  };
  if (!units.every(isUnit) || claim === undefined) return false;
  return claim === null || (typeof claim.constant === 'string' && isText(claim.text) && isText(claim.words));
}

function stepOf(path: string, claim: NonNullable<FindingFile['claim']>): Claim['step'] {
  return claim.words === null
    ? { kind: 'text', text: claim.text ?? '' }
    : { kind: 'declaration', words: wordsOf(path, claim.words) };
}

/** Refuses words that are no declarations here, so that nothing of them reaches a kernel. */
function wordsOf(path: string, base64: string): Uint32Array {
  const bytes = Buffer.from(base64, 'base64');
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
  try {
    decode(words);
  } catch (error) {
    if (!(error instanceof MalformedWords)) throw error;
    throw invalid(path, `malformed words (${error.message})`, 'a finding.json of lean-fuzz');
  }
  return words;
}
