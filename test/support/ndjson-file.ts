import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../../src/ir/declaration.js';
import { exportNdjson } from '../../src/kernel/export/ndjson.js';
import { checkFile, type CheckFileOptions, type FileAnswer } from '../../src/kernel/import/check-file.js';
import { strict } from '../../src/kernel/mode.js';
import { temporaryFolder } from './temporary-folder.js';

/** An export, line by line. */
export function exported(declarations: readonly Declaration[]): string[] {
  const { text } = exportNdjson(declarations, {
    version: '1.0.0',
    lean: { version: '4.35.0', githash: 'abc' },
  });
  return text.trimEnd().split('\n');
}

/** The answer of our kernel to a file with these bytes or lines. */
export function checked(
  content: string | Uint8Array | readonly string[],
  options: Partial<CheckFileOptions> = {},
): FileAnswer {
  const path = join(temporaryFolder(), 'file.ndjson');
  const bytes = typeof content === 'string' || content instanceof Uint8Array ? content : content.join('\n');
  writeFileSync(path, bytes);
  const descriptor = openSync(path, 'r');
  try {
    return checkFile(descriptor, { mode: strict, steps: 1e6, permittedAxioms: null, ...options });
  } finally {
    closeSync(descriptor);
  }
}
