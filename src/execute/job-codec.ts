import type {
  Claim,
  ClaimResult,
  ConstantKind,
  ConstantShape,
  Declared,
  Evidence,
  FirstBlocks,
  Job,
  Made,
  MadeConstant,
  Refusal,
  Said,
  Step,
  StepContent,
  StepResult,
} from '../api/execution.js';
import { contentHash, hashDigits } from '../ir/unit/content-hash.js';
import { MalformedBytes, type ByteReader, type ByteWriter } from '../util/bytes.js';
import { never } from '../util/errors.js';

/**
 * Jobs and results as bytes. A request is a job. In front of each step stands the hash of its content, by which an executor
 * knows what it has run before. A response is a sequence of events, written as they happen, so that whatever ends its
 * writer, all that was finished is told:
 *
 *   begin(number) step* shapes? declared? made? claim* trace? end   begin(number) ...   fatal(kind, message)?
 *
 * and `firsts` behind the step or claim that it is about.
 */
export const EventTag = {
  ...{ begin: 1, step: 2, shapes: 3, claim: 4, end: 5, fatal: 6, declared: 7, made: 8, firsts: 9, trace: 10 },
} as const;

/** Options of a job besides its steps and claims, as bits. */
const JobFlag = { strict: 1, reduce: 2, look: 4, imported: 8, trace: 16 } as const;

const stepKinds = ['text', 'declaration', 'file'] as const;
const levels = ['source', 'kernel'] as const;
const constantKinds: readonly (ConstantKind | 'missing')[] = [
  'axiom',
  'definition',
  'theorem',
  'opaque',
  'quotient',
  'inductive',
  'constructor',
  'recursor',
  'missing',
];

export function writeJob(out: ByteWriter, job: Job): void {
  const flag = (name: keyof typeof JobFlag): number => (job[name] === true ? JobFlag[name] : 0);
  const flags = flag('strict') | flag('reduce') | flag('look') | flag('imported') | flag('trace');
  out.u8(levels.indexOf(job.level)).u8(flags);
  out.list(job.steps, (step) => {
    out.hex(hashOf(step), hashDigits);
    writeStep(out, step);
  });
  out.list(job.claims, (claim) => {
    out.string(claim.name).string(claim.constant);
    writeStep(out, claim.step);
  });
  out.list(job.describe ?? [], (name) => out.string(name));
  out.list(job.declare ?? [], (name) => out.string(name));
  out.list(job.made ?? [], (name) => out.string(name));
}

export function readJob(from: ByteReader): Job {
  const level = pick(levels, from.u8(), 'level');
  const flags = from.u8();
  const flag = (name: keyof typeof JobFlag): boolean => (flags & JobFlag[name]) !== 0;
  const steps = from.list((): Step => {
    const hash = from.hex(hashDigits);
    return { ...readStep(from), hash };
  });
  const claims = from.list((): Claim => {
    const name = from.string();
    const constant = from.string();
    return { name, constant, step: readStep(from) };
  });
  const describe = from.list(() => from.string());
  const declare = from.list(() => from.string());
  const made = from.list(() => from.string());
  return {
    ...{
      level,
      strict: flag('strict'),
      reduce: flag('reduce'),
      look: flag('look'),
      imported: flag('imported'),
      trace: flag('trace'),
      steps,
      claims,
    },
    ...(describe.length === 0 ? {} : { describe }),
    ...(declare.length === 0 ? {} : { declare }),
    ...(made.length === 0 ? {} : { made }),
  };
}

/** The hash that names a step's content. */
export function hashOf(step: Step): string {
  return step.hash ?? contentHash(step.kind === 'declaration' ? step.words : step.text);
}

function writeStep(out: ByteWriter, step: StepContent): void {
  out.u8(stepKinds.indexOf(step.kind));
  if (step.kind === 'declaration') out.words(step.words);
  else out.string(step.text);
}

function readStep(from: ByteReader): StepContent {
  const kind = pick(stepKinds, from.u8(), 'step kind');
  return kind === 'declaration' ? { kind, words: from.words() } : { kind, text: from.string() };
}

export function writeStepResult(out: ByteWriter, result: StepResult): void {
  out.u32(result.micros).u32(result.heartbeats);
  writeRefusal(out, result.refusal);
  out.u8(result.news === undefined ? 0 : 1);
  if (result.news !== undefined) out.words(result.news.declarations).u32(result.news.left);
}

export function readStepResult(from: ByteReader): StepResult {
  const micros = from.u32();
  const heartbeats = from.u32();
  const result = { micros, heartbeats, refusal: readRefusal(from) };
  return from.u8() === 1 ? { ...result, news: { declarations: from.words(), left: from.u32() } } : result;
}

export function writeClaimResult(out: ByteWriter, result: ClaimResult): void {
  writeStepResult(out, result);
  out.u8(result.evidence === null ? 0 : 1);
  if (result.evidence !== null) writeEvidence(out, result.evidence);
}

export function readClaimResult(from: ByteReader): ClaimResult {
  const step = readStepResult(from);
  return { ...step, evidence: from.u8() === 1 ? readEvidence(from) : null };
}

export function writeShapes(out: ByteWriter, shapes: readonly ConstantShape[]): void {
  out.list(shapes, (shape) => {
    out.string(shape.name).u8(constantKinds.indexOf(shape.kind)).u32(shape.levelParams).words(shape.numbers);
  });
}

export function readShapes(from: ByteReader): ConstantShape[] {
  return from.list(() => ({
    name: from.string(),
    kind: presentKind(from.u8()),
    levelParams: from.u32(),
    numbers: [...from.words()],
  }));
}

export function writeDeclared(out: ByteWriter, { imported, added }: Declared): void {
  out.words(imported).words(added);
}

export function readDeclared(from: ByteReader): Declared {
  return { imported: from.words(), added: from.words() };
}

export function writeMade(out: ByteWriter, { constants, terms }: Made): void {
  out.list(constants, ({ name, kind, numbers, block, constructors, rules }) => {
    out.string(name).u8(constantKinds.indexOf(kind)).words(numbers);
    out.list(block, (one) => out.string(one));
    out.list(constructors, (one) => out.string(one));
    out.list(rules, (rule) => out.string(rule.constructor).u32(rule.fields));
  });
  out.words(terms);
}

export function readMade(from: ByteReader): Made {
  const constants = from.list((): MadeConstant => {
    const name = from.string();
    const kind = presentKind(from.u8());
    if (kind !== 'inductive' && kind !== 'constructor' && kind !== 'recursor')
      throw new MalformedBytes(`a ${kind} that came of an inductive declaration`);
    const numbers = [...from.words()];
    const block = from.list(() => from.string());
    const constructors = from.list(() => from.string());
    const rules = from.list(() => ({ constructor: from.string(), fields: from.u32() }));
    return { name, kind, numbers, block, constructors, rules };
  });
  return { constants, terms: from.words() };
}

export function readFirsts(from: ByteReader): FirstBlocks {
  return { at: from.u32(), blocks: from.words() };
}

function writeRefusal(out: ByteWriter, refusal: Refusal | null): void {
  out.u8(refusal === null ? 0 : 1);
  if (refusal !== null) out.string(refusal.message).string(refusal.kind);
}

function readRefusal(from: ByteReader): Refusal | null {
  return from.u8() === 1 ? { message: from.string(), kind: from.string() } : null;
}

function writeEvidence(out: ByteWriter, evidence: Evidence): void {
  out.string(evidence.constant).u8(constantKinds.indexOf(evidence.kind)).u32(evidence.levelParams);
  out.u8(evidence.statesFalse ? 1 : 0);
  out.list(evidence.reached, ({ name, kind, unsafe, partial }) => {
    out
      .string(name)
      .u8(constantKinds.indexOf(kind))
      .u8((unsafe ? 1 : 0) | (partial ? 2 : 0));
  });
  for (const list of [evidence.importedAxioms, evidence.importedUnsafe, evidence.oddities]) {
    out.list(list, (text) => out.string(text));
  }
  writeSaid(out, evidence.declarations);
}

function writeSaid(out: ByteWriter, said: Said): void {
  switch (said.kind) {
    case 'said':
      out.u8(1).words(said.words);
      return;
    case 'unsaid':
      out.u8(0).string(said.why);
      return;
    default:
      never(said);
  }
}

function readSaid(from: ByteReader): Said {
  return from.u8() === 1 ? { kind: 'said', words: from.words() } : { kind: 'unsaid', why: from.string() };
}

function readEvidence(from: ByteReader): Evidence {
  const texts = (): string[] => from.list(() => from.string());
  return {
    constant: from.string(),
    kind: pick(constantKinds, from.u8(), 'constant kind'),
    levelParams: from.u32(),
    statesFalse: from.u8() === 1,
    reached: from.list(() => {
      const name = from.string();
      const kind = presentKind(from.u8());
      const flags = from.u8();
      return { name, kind, unsafe: (flags & 1) !== 0, partial: (flags & 2) !== 0 };
    }),
    importedAxioms: texts(),
    importedUnsafe: texts(),
    oddities: texts(),
    declarations: readSaid(from),
  };
}

function presentKind(index: number): ConstantKind {
  const kind = pick(constantKinds, index, 'constant kind');
  if (kind === 'missing') throw new MalformedBytes('a missing constant where a present one is expected');
  return kind;
}

function pick<T>(items: readonly T[], index: number, what: string): T {
  const item = items[index];
  if (item === undefined) throw new MalformedBytes(`${what} ${index} of ${items.length}`);
  return item;
}
