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
    const problem = problemOf(value);
    if (problem !== undefined)
      throw invalid(source, problem[0], `${problem[1]}, as in a finding.json of lean-fuzz`);
    return value as FindingFile;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: no finding: ${messageOf(error)}`, ExitCode.usage);
  }
}

type Kind = 'text' | 'number' | 'list' | 'text or null';

/** The parts that are used, and what each has to be. */
const parts: Readonly<Record<string, Kind | readonly (string | undefined)[]>> = {
  id: 'text',
  kind: ['solution', 'lead'],
  level: ['source', 'kernel'],
  reasons: 'list',
  signature: 'text',
  outcome: 'text',
  seed: 'number',
  run: 'number',
  parents: 'list',
  mutators: 'list',
  leanVersion: 'text',
  text: 'text',
  units: 'list',
};
const claimParts: typeof parts = {
  name: 'text',
  constant: 'text',
  text: 'text or null',
  words: 'text or null',
};
const unitParts: typeof parts = {
  kind: 'text',
  text: 'text',
  words: 'text or null',
  declares: 'list',
  // Files of older versions do not say what was expected.
  expected: ['any', 'accept', 'reject', undefined],
};

/** The first part that is not what a replay needs, as what it is and what was expected; undefined where all are. */
function problemOf(value: Partial<FindingFile>): [got: string, expected: string] | undefined {
  const problem = wrongPart('', value, parts) ?? wrongClaim(value.claim);
  if (problem !== undefined) return problem;
  for (const [index, unit] of (value.units ?? []).entries()) {
    const found = wrongPart(`units[${index}].`, unit, unitParts);
    if (found !== undefined) return found;
    if ((unit.words === null) !== (value.level === 'source'))
      return [
        `units[${index}] ${unit.words === null ? 'without' : 'with'} words`,
        `a unit of level ${value.level}`,
      ];
  }
  return undefined;
}

function wrongClaim(claim: FindingFile['claim'] | undefined): [string, string] | undefined {
  return claim === null ? undefined : wrongPart('claim.', claim, claimParts);
}

function wrongPart(where: string, value: unknown, wanted: typeof parts): [string, string] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${where.slice(0, -1)} ${JSON.stringify(value)}`, 'an object'];
  for (const [name, kind] of Object.entries(wanted)) {
    const part = (value as Record<string, unknown>)[name];
    const fits = typeof kind === 'string' ? isOf(kind, part) : kind.includes(part as string | undefined);
    if (fits) continue;
    const expected =
      typeof kind === 'string' ? kind : `one of ${kind.filter((one) => one !== undefined).join(', ')}`;
    return [`${where}${name} ${part === undefined ? 'missing' : JSON.stringify(part)}`, expected];
  }
  return undefined;
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'text or null':
      return typeof value === 'string' || value === null;
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    case 'list':
      return Array.isArray(value);
  }
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
