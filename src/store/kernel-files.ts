import type { LeanIdentity } from '../api/lean.js';
import { encode } from '../ir/encode.js';
import { listing } from '../ir/print.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { packageVersion } from '../util/package.js';
import type { FindingView } from './finding-view.js';

/** A file of a finding's folder, and what its README says about it. */
export interface FolderFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** Files that show a kernel-level finding in other forms than finding.json. */
export function kernelFiles(view: FindingView, context: { readonly lean: LeanIdentity }): FolderFile[] {
  const { declarations, malformed, leanText } = view;
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
      content: listing(declarations),
      about: 'all declarations and the claim, for people',
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
  if (leanText !== undefined) {
    const about = 'the same as Lean text; the elaborator need not take what the kernel takes';
    files.push({ name: 'Finding.lean', content: leanText, about });
  }
  return files;
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32LE(word, i * 4));
  return bytes;
}
