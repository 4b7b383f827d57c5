import type { Candidate, Lineage, Unit } from '../api/candidate.js';
import type { InputLevel } from '../api/execution.js';
import { MalformedWords } from '../ir/decode.js';
import { expectations } from '../ir/unit/facts.js';
import { KernelUnit } from '../ir/unit/kernel-unit.js';
import { SourceUnit, type SourceContent } from '../ir/unit/source-unit.js';
import { TextUnit, type Derivation } from '../ir/unit/text-unit.js';
import { MalformedBytes, type ByteReader, type ByteWriter } from '../util/bytes.js';

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
  out.string(unit.form).string(unit.kind).u8(expectations.indexOf(unit.expected));
  out.list(unit.declares, (name) => out.string(name));
  out.list(unit.uses, (name) => out.string(name));
  switch (unit.form) {
    case 'kernel':
      out.words(unit.words);
      return;
    case 'text':
      out.string(unit.text).string(JSON.stringify(unit.derivation ?? null));
      return;
    case 'source': {
      const { tree, entries, block, kernel } = unit;
      out.string(JSON.stringify({ tree, entries, block })).u8(kernel === undefined ? 0 : 1);
      if (kernel !== undefined) writeUnit(out, kernel);
    }
  }
}

function readUnit(from: ByteReader): Unit {
  const form = from.string();
  const kind = from.string();
  const expected = expectations[from.u8()];
  if (expected === undefined) throw new MalformedBytes('an unknown expectation of a unit');
  const declares = from.list(() => from.string());
  const facts = { kind, expected, declares, uses: from.list(() => from.string()) };
  if (form === 'kernel') {
    try {
      return KernelUnit.ofWords(from.words(), facts);
    } catch (error) {
      if (!(error instanceof MalformedWords)) throw error;
      throw new MalformedBytes(error.message);
    }
  }
  const text = from.string();
  if (form === 'text') {
    const derivation = JSON.parse(from.string()) as Derivation | null;
    return new TextUnit(facts, text, derivation ?? undefined);
  }
  const content = JSON.parse(text) as SourceContent;
  const kernel = from.u8() === 1 ? readUnit(from) : undefined;
  return new SourceUnit(facts, { ...content, kernel: kernel?.form === 'kernel' ? kernel : undefined });
}
