import type { Candidate, Expected, Lineage, Unit } from '../api/candidate.js';
import type { InputLevel } from '../api/execution.js';
import { MalformedBytes, type ByteReader, type ByteWriter } from '../util/bytes.js';

const expectations: readonly Expected[] = ['any', 'accept', 'reject'];

/** A candidate as bytes, as it travels between processes and rests in the store. */
export function writeCandidate(out: ByteWriter, candidate: Candidate): void {
  writeLineage(out, candidate.lineage);
  out.string(candidate.level);
  out.list(candidate.units, (unit) => writeUnit(out, unit));
}

export function readCandidate(from: ByteReader): Candidate {
  const lineage = readLineage(from);
  const level = from.string();
  if (level !== 'source' && level !== 'kernel') throw new MalformedBytes(`level "${level}"`);
  return { lineage, level: level satisfies InputLevel, units: from.list(() => readUnit(from)) };
}

function writeLineage(out: ByteWriter, lineage: Lineage): void {
  out.f64(lineage.seed).f64(lineage.run);
  out.list(lineage.parents, (parent) => out.string(parent));
  out.list(lineage.mutators, (mutator) => out.string(mutator));
  out.list(lineage.categories, (category) => out.string(category));
}

function readLineage(from: ByteReader): Lineage {
  const seed = from.f64();
  const run = from.f64();
  const parents = from.list(() => from.string());
  const mutators = from.list(() => from.string());
  return { seed, run, parents, mutators, categories: from.list(() => from.string()) };
}

function writeUnit(out: ByteWriter, unit: Unit): void {
  out.string(unit.kind).string(unit.text).string(unit.memo);
  out.u8(expectations.indexOf(unit.expected));
  out.u8(unit.words === null ? 0 : 1);
  if (unit.words !== null) out.words(unit.words);
  out.list(unit.declares, (name) => out.string(name));
  out.list(unit.uses, (name) => out.string(name));
}

function readUnit(from: ByteReader): Unit {
  const kind = from.string();
  const text = from.string();
  const memo = from.string();
  const expected = expectations[from.u8()];
  if (expected === undefined) throw new MalformedBytes('an unknown expectation of a unit');
  const words = from.u8() === 1 ? from.words() : null;
  const declares = from.list(() => from.string());
  return { kind, text, memo, expected, words, declares, uses: from.list(() => from.string()) };
}
