import { createHash, type Hash } from 'node:crypto';
import type { Candidate } from '../api/candidate.js';
import { findingForms, outcomes, type CorpusEntry, type Finding } from '../api/entries.js';
import type { Claim, StepContent } from '../api/execution.js';
import { ByteReader, ByteWriter, MalformedBytes } from '../util/bytes.js';
import { ascending, f64, flag, oneOf, optional, struct, text, u32, variant, words } from '../util/codec.js';
import {
  CandidateReader,
  CandidateWriter,
  type CandidateIn,
  type CandidateOut,
  type Packed,
} from './candidate-bytes.js';
import { candidateCodec } from './candidate-codec.js';
import { discoveryCodec, signatureCodec } from './verdict-codec.js';

/** The id of a candidate's content: its units in order, whatever its lineage. 16 hexadecimal digits. */
export function contentId(candidate: Candidate): string {
  return digestOf(contentOf(candidate));
}

/**
 * The id of a finding: its content and its claim. Where another finding has that id already (the same units look odd
 * in two ways), `apart` says what tells them apart.
 */
export function findingId(
  candidate: Candidate,
  claim: Claim | undefined,
  ...apart: readonly string[]
): string {
  const hash = contentOf(candidate);
  if (claim !== undefined) {
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

const form = oneOf('form of a finding', findingForms);
const outcome = oneOf('outcome', outcomes);

const claimCodec = struct<Claim, CandidateOut, CandidateIn>({
  ...{ name: text, constant: text },
  step: variant<'kind', StepContent, CandidateOut, CandidateIn>('kind', {
    text: struct({ text }),
    file: struct({ text }),
    declaration: struct({ words }),
  }),
});

const findingCodec: Packed<Finding> = struct<Finding, CandidateOut, CandidateIn>({
  ...{
    id: text,
    outcome,
    worker: u32,
    verdict: discoveryCodec,
    asked: optional(signatureCodec),
    form,
    claim: optional(claimCodec),
    elaborated: optional(flag),
  },
  candidate: candidateCodec,
});

/** All that an entry says of its candidate. */
export type EntryHead = Omit<CorpusEntry, 'candidate'>;

const headCodec = struct<EntryHead, CandidateOut, CandidateIn>({
  ...{ features: words, id: text, outcome, worker: u32, newFeatures: u32, heartbeats: f64 },
  blocks: optional(ascending),
});

/** The head stands in front of the candidate, so that it can be read and replaced alone. */
export function encodeEntry(entry: CorpusEntry): Buffer {
  return join(entry, encodeCandidate(entry.candidate));
}

/** Throws MalformedBytes. */
export function decodeEntry(bytes: Uint8Array): CorpusEntry {
  const { head, candidate } = split(bytes);
  return { ...readAll(headCodec, head), candidate: decodeCandidate(candidate) };
}

/** The head of an encoded entry; its candidate is not looked at. Throws MalformedBytes. */
export function decodeHead(bytes: Uint8Array): EntryHead {
  return readAll(headCodec, split(bytes).head);
}

/** The same; undefined where it can't be read: such an entry is no use to anybody. */
export function headIn(bytes: Uint8Array): EntryHead | undefined {
  try {
    return decodeHead(bytes);
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return undefined;
  }
}

/** An encoded entry with another head. Throws MalformedBytes. */
export function withHead(bytes: Uint8Array, head: EntryHead): Buffer {
  return join(head, split(bytes).candidate);
}

function join(head: EntryHead, candidate: Uint8Array): Buffer {
  const out = new CandidateWriter();
  headCodec.write(out, head);
  const packed = out.packed();
  return new ByteWriter(4 + packed.length + candidate.length).block(packed).raw(candidate).bytes();
}

function split(bytes: Uint8Array): { head: Uint8Array; candidate: Uint8Array } {
  const from = new ByteReader(bytes);
  return { head: from.block(), candidate: from.rest() };
}

/** The features of both, those of the first in front. */
export function union(one: Uint32Array, other: Uint32Array): Uint32Array {
  return Uint32Array.from(new Set([...one, ...other]));
}

export function encodeFinding(finding: Finding): Buffer {
  const out = new CandidateWriter();
  findingCodec.write(out, finding);
  return out.packed();
}

/** Throws MalformedBytes. */
export function decodeFinding(bytes: Uint8Array): Finding {
  return readAll(findingCodec, bytes);
}

export function encodeCandidate(candidate: Candidate): Buffer {
  const out = new CandidateWriter();
  candidateCodec.write(out, candidate);
  return out.packed();
}

/** Throws MalformedBytes. */
export function decodeCandidate(bytes: Uint8Array): Candidate {
  return readAll(candidateCodec, bytes);
}

function readAll<T>(codec: Packed<T>, bytes: Uint8Array): T {
  const from = new CandidateReader(bytes);
  const value = codec.read(from);
  if (from.left > 0) throw new MalformedBytes(`${from.left} bytes too many`);
  return value;
}
