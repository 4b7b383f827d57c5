import type { LeanIdentity } from '../api/lean.js';
import type { Finding } from '../api/entries.js';
import type { Declaration } from '../ir/declaration.js';
import { MalformedWords } from '../ir/decode.js';
import { encode } from '../ir/encode.js';
import { asLean, listing } from '../ir/print.js';
import { decode } from '../ir/tree-builder.js';
import { exportNdjson } from '../kernel/export/ndjson.js';
import { packageVersion } from '../util/package.js';

/** A file of a finding's folder, and what its README says about it. */
export interface FolderFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly about: string;
}

/** Files that show a kernel-level finding in other forms than finding.json. */
export function kernelFiles(finding: Finding, context: { readonly lean: LeanIdentity }): FolderFile[] {
  let declarations: readonly Declaration[];
  try {
    declarations = declarationsOf(finding);
  } catch (error) {
    // finding.json still has the words; a finding is never lost for a printer's sake.
    if (!(error instanceof MalformedWords)) throw error;
    return [{ name: 'listing.txt', content: `malformed: ${error.message}\n`, about: 'why there is none' }];
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
  const lean = leanTextOf(declarations);
  if (lean !== null) {
    const about = 'the same as Lean text; the elaborator need not take what the kernel takes';
    files.push({ name: 'Finding.lean', content: lean, about });
  }
  return files;
}

/** The declarations of a kernel-level finding, that of its claim last. Throws MalformedWords. */
export function declarationsOf({ candidate, claim }: Pick<Finding, 'candidate' | 'claim'>): Declaration[] {
  const declarations = candidate.units.flatMap((unit) => (unit.form === 'kernel' ? unit.declaration : []));
  return claim?.step.kind === 'declaration' ? [...declarations, ...decode(claim.step.words)] : declarations;
}

/** Declarations as one Lean file; null where Lean text can't say one of them. */
export function leanTextOf(declarations: readonly Declaration[]): string | null {
  const said = declarations.map(asLean);
  return said.every((part) => part !== undefined) ? `${said.join('\n\n')}\n` : null;
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => bytes.writeUInt32LE(word, i * 4));
  return bytes;
}
