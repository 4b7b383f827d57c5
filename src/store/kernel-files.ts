import type { Finding } from '../api/entries.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { encode } from '../ir/encode.js';
import { asLean, listing } from '../ir/print.js';
import { decode } from '../ir/tree-builder.js';
import { exportNdjson } from '../typing/export/ndjson.js';
import { packageVersion } from '../util/package.js';

/** A file of a finding's folder, and what its README says about it. */
export interface FolderFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** What a kernel-level finding says in other forms than finding.json. */
export function kernelFiles(finding: Finding, { leanVersion }: { leanVersion: string }): FolderFile[] {
  let declarations: Declaration[];
  try {
    const steps = finding.candidate.units.flatMap((unit) => unit.words ?? []);
    if (finding.claim?.step.kind === 'declaration') steps.push(finding.claim.step.words);
    declarations = steps.flatMap((words) => decode(words));
  } catch (error) {
    // finding.json still has the words; a finding is never lost for a printer's sake.
    if (!(error instanceof MalformedWords)) throw error;
    return [{ name: 'listing.txt', content: `malformed: ${error.message}\n`, about: 'why there is none' }];
  }
  const { text, incomplete } = exportNdjson(declarations, { version: packageVersion, leanVersion });
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
        'lean4export NDJSON 3.1.0 of what the finding added on top of `Init`, whose constants are only mentioned' +
        incomplete.map((what) => `; ${what}`).join(''),
    },
  ];
  const said = declarations.map(asLean);
  if (said.every((part) => part !== undefined)) {
    const about = 'the same as Lean text; the elaborator need not take what the kernel takes';
    files.push({ name: 'Finding.lean', content: `${said.join('\n\n')}\n`, about });
  }
  return files;
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32LE(word, i * 4));
  return bytes;
}
