import type { Candidate, Derivation, KernelUnit as Kernel, Lineage, Unit } from '../api/candidate.js';
import { inputLevels } from '../api/execution.js';
import { MalformedWords } from '../ir/decode.js';
import { expectations, questionSubjects, type Making, type UnitFacts } from '../ir/unit/facts.js';
import { KernelUnit } from '../ir/unit/kernel-unit.js';
import { SourceUnit, type SourceContent } from '../ir/unit/source-unit.js';
import { TextUnit } from '../ir/unit/text-unit.js';
import { MalformedBytes } from '../util/bytes.js';
import { count, f64, list, oneOf, optional, struct, text, variant } from '../util/codec.js';
import type { CandidateIn, CandidateOut, Packed } from './candidate-bytes.js';
import { readWords, writeWords } from './packed-words.js';
import { blockCodec, entryCodec, treeCodec } from './source-codec.js';

const texts = list(text);
const levels = oneOf('level', inputLevels);
const forms = oneOf('form of a unit', ['source', 'kernel', 'text']);

const lineage = struct<Lineage, CandidateOut, CandidateIn>({
  ...{ seed: f64, run: f64, parents: texts, mutators: texts, categories: texts },
});

const making = variant<'how', Making, CandidateOut, CandidateIn>('how', {
  broken: struct({ operator: text }),
  question: struct({ about: oneOf('subject of a question', questionSubjects) }),
});

const facts = struct<UnitFacts, CandidateOut, CandidateIn>({
  ...{ kind: text, declares: texts, uses: texts, expected: oneOf('expectation of a unit', expectations) },
  made: optional(making),
});

/** A unit of words. What is read is checked, so that nothing else ever has to doubt it. */
const kernelUnit: Packed<Kernel> = {
  write(out, unit) {
    facts.write(out, unit);
    writeWords(out, unit.words);
  },
  read(from) {
    const said = facts.read(from);
    try {
      return KernelUnit.ofWords(readWords(from), said);
    } catch (error) {
      if (!(error instanceof MalformedWords)) throw error;
      throw new MalformedBytes(`a declaration that is none: ${error.message}`);
    }
  },
};

const derivation = optional(
  struct<Derivation, CandidateOut, CandidateIn>({ grammar: text, rules: list(count) }),
);

const content = struct<SourceContent, CandidateOut, CandidateIn>({
  ...{
    tree: treeCodec,
    entries: list(entryCodec),
    block: optional(blockCodec),
    kernel: optional(kernelUnit),
  },
});

const unitCodec: Packed<Unit> = {
  write(out, unit) {
    forms.write(out, unit.form);
    if (unit.form === 'kernel') return kernelUnit.write(out, unit);
    facts.write(out, unit);
    if (unit.form === 'source') return content.write(out, unit);
    text.write(out, unit.text);
    derivation.write(out, unit.derivation);
  },
  read(from) {
    const form = forms.read(from);
    if (form === 'kernel') return kernelUnit.read(from);
    const said = facts.read(from);
    if (form === 'source') return new SourceUnit(said, content.read(from));
    return new TextUnit(said, text.read(from), derivation.read(from));
  },
};

const units = list(unitCodec);

/** A candidate as it travels between processes and rests in the store. */
export const candidateCodec: Packed<Candidate> = {
  write(out, candidate) {
    levels.write(out, candidate.level);
    lineage.write(out, candidate.lineage);
    units.write(out, candidate.units);
  },
  read(from) {
    const level = levels.read(from);
    const of = lineage.read(from);
    const read = units.read(from);
    const odd = read.find(({ form }) => (form === 'kernel') !== (level === 'kernel'));
    if (odd !== undefined) throw new MalformedBytes(`a unit of form ${odd.form} at ${level} level`);
    return { level, lineage: of, units: read };
  },
};
