import type { Finding } from '../api/entries.js';
import type { LeanIdentity } from '../api/lean.js';
import { ByteReader, ByteWriter, MalformedBytes } from '../util/bytes.js';
import { f64, oneOf, optional, struct, text, type Codec } from '../util/codec.js';
import { decodeFinding, encodeFinding } from './entry-codec.js';

/** The Lean, the target and the planted bug that a finding was found on, as another machine is told. */
export interface FoundThere {
  readonly target: 'embedded' | 'lake';
  readonly lean: LeanIdentity;
  /** The planted kernel bug; undefined on the real kernel. */
  readonly mutant: string | undefined;
  readonly elapsedSeconds: number;
  /** The note of a baseline or of the table of known bugs there; undefined for news. */
  readonly known: string | undefined;
}

/** A finding on its way to other machines. */
export interface SharedFinding {
  readonly on: FoundThere;
  readonly finding: Finding;
}

/** Characters of each text about a Lean: more than any path has. */
const maxText = 4096;

const shortText: Codec<string> = {
  write: (out, value) => text.write(out, value.slice(0, maxText)),
  read(from) {
    const value = text.read(from);
    if (value.length > maxText) throw new MalformedBytes(`a text of ${value.length} characters about a Lean`);
    return value;
  },
};

const foundThere: Codec<FoundThere> = struct({
  target: oneOf('target', ['embedded', 'lake']),
  lean: struct<LeanIdentity>({
    kind: oneOf('kind of Lean', ['embedded', 'native']),
    ...{ name: shortText, version: shortText, githash: shortText, path: shortText, hash: shortText },
  }),
  mutant: optional(shortText),
  elapsedSeconds: f64,
  known: optional(shortText),
});

export function encodeSharedFinding({ on, finding }: SharedFinding): Buffer {
  const out = new ByteWriter();
  foundThere.write(out, on);
  return out.raw(encodeFinding(finding)).bytes();
}

/** Throws MalformedBytes. */
export function decodeSharedFinding(bytes: Uint8Array): SharedFinding {
  const from = new ByteReader(bytes);
  const { mutant, known, ...on } = foundThere.read(from);
  if (!(on.elapsedSeconds >= 0 && on.elapsedSeconds <= Number.MAX_SAFE_INTEGER))
    throw new MalformedBytes(`found after ${on.elapsedSeconds} seconds`);
  return { on: { ...on, mutant, known }, finding: decodeFinding(from.rest()) };
}
