import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate, Unit } from '../api/candidate.js';
import { outcomes } from '../api/entries.js';
import { type Claim, inputLevels } from '../api/execution.js';
import { leadClasses, proofStandings } from '../api/signature.js';
import { questionSubjects } from '../ir/unit/facts.js';
import { KernelUnit } from '../ir/unit/kernel-unit.js';
import { TextUnit } from '../ir/unit/text-unit.js';
import { invalid } from '../util/errors.js';
import { readBounded } from '../util/files.js';
import { asReadError } from '../util/machine-trouble.js';
import type { FindingFile } from './finding-files.js';
import { maxFindingBytes } from './finding-folder.js';
import { declarationWords, refusingMalformed } from './stored-finding.js';
import { isCount, isLimits } from './stored-limits.js';

export interface LoadedFinding {
  readonly file: FindingFile;
  readonly candidate: Candidate;
  readonly claim?: Claim;
}

/**
 * Reads a finding from its folder or its finding.json. UserError that names the file: 2 where it is none, 78 where the
 * machine can't read it.
 */
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
        categories: file.categories,
      },
      units: units.map((unit) => unitOf(path, unit)),
    },
    ...(claim === null
      ? {}
      : { claim: { name: claim.name, constant: claim.constant, step: stepOf(path, claim) } }),
  };
}

function unitOf(path: string, unit: FindingFile['units'][number]): Unit {
  const { kind, declares, text = '', words = null } = unit;
  const expected = (unit as Partial<typeof unit>).expected ?? 'any';
  const { made } = unit;
  const facts = { kind, declares, uses: [], expected, made };
  if (words === null) return new TextUnit(facts, text);
  return refusingMalformed(path, () => KernelUnit.ofWords(wordsIn(words), facts));
}

function readFinding(path: string): FindingFile {
  try {
    const source = statSync(path).isDirectory() ? join(path, 'finding.json') : path;
    const value = JSON.parse(readBounded(source, maxFindingBytes).toString()) as Partial<FindingFile> | null;
    if (value?.format !== 'lean-fuzz finding') {
      const { format }: { format?: unknown } = value ?? {};
      throw invalid(source, format ?? 'no format', 'a finding.json of lean-fuzz');
    }
    if (value.version !== 1) throw invalid(source, `version ${String(value.version)}`, 'version 1');
    const problem = problemOf(value);
    if (problem !== undefined)
      throw invalid(source, problem[0], `${problem[1]}, as in a finding.json of lean-fuzz`);
    return { ...absent, ...value } as FindingFile;
  } catch (error) {
    throw asReadError(error, 'finding', path, `${path}: no finding`);
  }
}

type Kind =
  | 'id'
  | 'text'
  | 'number'
  | 'time'
  | 'list'
  | 'list of texts'
  | 'text or null'
  | 'text or nothing'
  | 'text, null or nothing'
  | 'yes, no or nothing'
  | 'a Lean or nothing'
  | 'making or nothing'
  | 'limits or nothing';

const described: Readonly<Record<Kind, string>> = {
  id: 'letters and digits',
  text: 'text',
  number: 'number',
  time: 'a number of seconds',
  list: 'list',
  'list of texts': 'list of texts',
  'text or null': 'text or null',
  'text or nothing': 'text',
  'text, null or nothing': 'text or null',
  'yes, no or nothing': 'true or false',
  'a Lean or nothing': 'a Lean: its kind, name, version, githash, path and hash as texts',
  'making or nothing': 'an operator that broke it, or the subject of a question',
  'limits or nothing': 'limits by name, each a number',
};

/** The parts that are used, and what each has to be. */
const parts: Readonly<Record<string, Kind | readonly (string | undefined)[]>> = {
  id: 'id',
  kind: ['solution', 'lead'],
  level: inputLevels,
  reasons: 'list of texts',
  signature: 'text',
  outcome: outcomes,
  class: [...leadClasses, undefined],
  proof: [...proofStandings, undefined],
  correct: ['accept', 'reject', undefined],
  seed: 'number',
  run: 'number',
  parents: 'list of texts',
  mutators: 'list of texts',
  categories: 'list of texts',
  axioms: 'list of texts',
  target: ['embedded', 'lake'],
  packageVersion: 'text',
  kernelMutant: 'text or null',
  elapsedSeconds: 'time',
  jobMillis: 'number',
  limits: 'limits or nothing',
  leanVersion: 'text',
  lean: 'a Lean or nothing',
  known: 'text, null or nothing',
  machine: 'text, null or nothing',
  elaborated: 'yes, no or nothing',
  text: 'text',
  units: 'list',
};
/** Defaults of parts that files of older versions lack. */
const absent = {
  ...{ axioms: [], categories: [], target: 'embedded', packageVersion: '', kernelMutant: null },
  elapsedSeconds: 0,
  jobMillis: 0,
};
const claimParts: typeof parts = {
  name: 'text',
  constant: 'text',
  text: 'text or null',
  words: 'text or null',
};
const unitParts: typeof parts = {
  kind: 'text',
  text: 'text or nothing',
  words: 'text or nothing',
  declares: 'list of texts',
  // Files of older versions do not say what was expected.
  expected: ['any', 'accept', 'reject', undefined],
  made: 'making or nothing',
};

/** The first part that is not what a replay needs, as what it is and what was expected; undefined where all are. */
function problemOf(value: Partial<FindingFile>): [got: string, expected: string] | undefined {
  const problem = wrongPart('', { ...absent, ...value }, parts) ?? wrongClaim(value.claim);
  if (problem !== undefined) return problem;
  for (const [index, unit] of (value.units ?? []).entries()) {
    const found = wrongPart(`units[${index}].`, unit, unitParts);
    if (found !== undefined) return found;
    const isKernel = value.level === 'kernel';
    if (isPresent(unit.words) !== isKernel || (!isKernel && !isPresent(unit.text)))
      return [`units[${index}] without ${isKernel ? 'words' : 'text'}`, `a unit of level ${value.level}`];
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
      typeof kind === 'string'
        ? described[kind]
        : `one of ${kind.filter((one) => one !== undefined).join(', ')}`;
    return [`${where}${name} ${part === undefined ? 'missing' : JSON.stringify(part)}`, expected];
  }
  return undefined;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'text or nothing':
    case 'text, null or nothing':
      return typeof value === 'string' || !isPresent(value);
    case 'yes, no or nothing':
      return value === undefined || typeof value === 'boolean';
    case 'a Lean or nothing':
      return value === undefined || isLean(value);
    case 'making or nothing':
      return !isPresent(value) || isMaking(value);
    case 'limits or nothing':
      return value === undefined || isLimits(value);
    case 'text or null':
      return typeof value === 'string' || value === null;
    case 'number':
      return isCount(value);
    case 'time':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0;
    case 'id':
      return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
    case 'list':
      return Array.isArray(value);
    case 'list of texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string');
  }
}

function isLean(value: unknown): boolean {
  const { kind, name, version, githash, path, hash } = Object(value) as Record<string, unknown>;
  const texts = [name, version, githash, path, hash];
  return (kind === 'embedded' || kind === 'native') && texts.every((text) => typeof text === 'string');
}

function isMaking(value: unknown): boolean {
  const { how, operator, about } = Object(value) as Record<string, unknown>;
  return how === 'broken' ? typeof operator === 'string' : how === 'question' && isSubject(about);
}

function isSubject(about: unknown): boolean {
  return questionSubjects.some((subject) => subject === about);
}

function stepOf(path: string, claim: NonNullable<FindingFile['claim']>): Claim['step'] {
  return claim.words === null
    ? { kind: 'text', text: claim.text ?? '' }
    : { kind: 'declaration', words: declarationWords(path, wordsIn(claim.words)) };
}

function wordsIn(base64: string): Uint32Array {
  const bytes = Buffer.from(base64, 'base64');
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)));
}
