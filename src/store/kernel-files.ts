import type { LeanIdentity } from '../api/lean.js';
import { encode } from '../ir/encode.js';
import { listing } from '../ir/print.js';
import { environmentOn } from '../kernel/base-environment.js';
import { culpritIn } from '../kernel/culprit.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { packageVersion } from '../util/package.js';
import type { FindingView } from './finding-view.js';
import type { Reproducer } from './reproducer.js';

/** A file of a finding's folder, and what its README says about it. */
export interface FolderFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** Files that show a kernel-level finding in other forms than finding.json. */
export function kernelFiles(view: FindingView, context: { readonly lean: LeanIdentity }): FolderFile[] {
  const { declarations, malformed, reproducer } = view;
  if (declarations === undefined) {
    const content = `malformed: ${malformed ?? 'no declarations'}\n`;
    return [{ name: 'listing.txt', content, about: 'why there is none' }];
  }
  const { text, incomplete } = exportNdjson(declarations, {
    version: packageVersion,
    lean: context.lean,
  });
  const files: FolderFile[] = [
    {
      name: 'listing.txt',
      content: listing(declarations, culpritIn(environmentOn(context.lean.kind), declarations)),
      about:
        'all declarations and the claim, for people; the first that breaks a rule of the theory is marked',
    },
    {
      name: 'tree.bin',
      content: littleEndian(encode(declarations)),
      about: 'the same as one encoded sequence of 32-bit words, little endian (src/ir/codec.ts)',
    },
    {
      name: 'added.ndjson',
      content: text,
      about:
        "lean4export NDJSON 3.1.0 of the same, and of what it needs of Lean's core" +
        incomplete.map((what) => `; ${what}`).join(''),
    },
  ];
  return [...files, ...leanFile(reproducer)];
}

/** The file that reproduces a finding on any Lean, or on a native one. */
export function leanFile(reproducer: Reproducer | undefined): FolderFile[] {
  if (reproducer === undefined) return [];
  return [{ name: 'Finding.lean', content: reproducer.text, about: abouts[reproducer.kind] }];
}

const abouts = {
  text: 'the whole as Lean text, as a Lean has elaborated it',
  raw:
    'a raw reproducer, because Lean text does not say it, or no Lean was there to elaborate that: for a native Lean, ' +
    '4.28 to 4.36, whose own constructors build the declarations, and whose kernel gets them (`lean Finding.lean`)',
} as const;

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32LE(word, i * 4));
  return bytes;
}
