import { createHash, type Hash } from 'node:crypto';
import type { Candidate } from '../api/candidate.js';
import type { CorpusEntry, Finding } from '../api/entries.js';
import type { Claim } from '../api/execution.js';
import type { LeadClass, Verdict, VerdictKind } from '../api/verdict.js';
import { ByteReader, ByteWriter } from '../util/bytes.js';
import { readCandidate, writeCandidate } from './candidate-codec.js';

/** The id of a candidate's content: its units in order, whatever its lineage. 16 hexadecimal digits. */
export function contentId(candidate: Candidate): string {
  return digestOf(contentOf(candidate));
}

/**
 * The id of a finding: its content and its claim. Where another finding has that id already (the same units look odd
 * in two ways), `apart` says what tells them apart.
 */
export function findingId(candidate: Candidate, claim: Claim | null, ...apart: readonly string[]): string {
  const hash = contentOf(candidate);
  if (claim !== null) {
    hash.update('\0\0').update(claim.constant);
    hash.update('\0').update(claim.step.kind === 'declaration' ? bytesOf(claim.step.words) : claim.step.text);
  }
  for (const part of apart) hash.update('\0\0\0').update(part);
  return digestOf(hash);
}

function contentOf(candidate: Candidate): Hash {
  const hash = createHash('sha256').update(candidate.level);
  for (const unit of candidate.units) hash.update(unit.hash);
  return hash;
}

function digestOf(hash: Hash): string {
  return hash.digest('hex').slice(0, 16);
}

function bytesOf(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}

export function encodeEntry(entry: CorpusEntry): Buffer {
  const out = new ByteWriter();
  out.string(entry.id).string(entry.outcome).u32(entry.worker).u32(entry.newFeatures).f64(entry.heartbeats);
  out.words(entry.features);
  writeCandidate(out, entry.candidate);
  return out.bytes();
}

/** Throws MalformedBytes. */
export function decodeEntry(bytes: Uint8Array): CorpusEntry {
  const from = new ByteReader(bytes);
  return { ...readHead(from), candidate: readCandidate(from) };
}

function readHead(from: ByteReader): Omit<CorpusEntry, 'candidate'> {
  const id = from.string();
  const outcome = from.string();
  const worker = from.u32();
  const newFeatures = from.u32();
  const heartbeats = from.f64();
  return { id, outcome, worker, newFeatures, heartbeats, features: from.words() };
}

/** The features of both, those of the first in front. */
export function union(one: Uint32Array, other: Uint32Array): Uint32Array {
  return Uint32Array.from(new Set([...one, ...other]));
}

/** The features of an encoded entry, without reading the rest. Throws MalformedBytes. */
export function decodeFeatures(bytes: Uint8Array): Uint32Array {
  return readHead(new ByteReader(bytes)).features;
}

export function encodeFinding(finding: Finding): Buffer {
  const out = new ByteWriter();
  out.string(finding.id).string(finding.outcome).u32(finding.worker);
  writeVerdict(out, finding.verdict);
  out.u8(finding.claim === null ? 0 : 1);
  if (finding.claim !== null) writeClaim(out, finding.claim);
  writeCandidate(out, finding.candidate);
  return out.bytes();
}

/** Throws MalformedBytes. */
export function decodeFinding(bytes: Uint8Array): Finding {
  const from = new ByteReader(bytes);
  const id = from.string();
  const outcome = from.string();
  const worker = from.u32();
  const verdict = readVerdict(from);
  const claim = from.u8() === 1 ? readClaim(from) : null;
  return { id, outcome, worker, verdict, claim, candidate: readCandidate(from) };
}

function writeVerdict(out: ByteWriter, verdict: Verdict): void {
  out
    .string(verdict.kind)
    .string(verdict.class ?? '')
    .string(verdict.claim)
    .string(verdict.signature);
  out.list(verdict.reasons, (reason) => out.string(reason));
  out.list(verdict.axioms, (axiom) => out.string(axiom));
}

function readVerdict(from: ByteReader): Verdict {
  const kind = from.string() as VerdictKind;
  const leadClass = from.string() as LeadClass | '';
  const claim = from.string();
  const signature = from.string();
  const reasons = from.list(() => from.string());
  const axioms = from.list(() => from.string());
  const verdict = { kind, claim, signature, reasons, axioms };
  return leadClass === '' ? verdict : { ...verdict, class: leadClass };
}

function writeClaim(out: ByteWriter, claim: Claim): void {
  out.string(claim.name).string(claim.constant).string(claim.step.kind);
  if (claim.step.kind === 'declaration') out.words(claim.step.words);
  else out.string(claim.step.text);
}

function readClaim(from: ByteReader): Claim {
  const name = from.string();
  const constant = from.string();
  const kind = from.string();
  return {
    name,
    constant,
    step:
      kind === 'declaration'
        ? { kind, words: from.words() }
        : { kind: kind === 'file' ? kind : 'text', text: from.string() },
  };
}
