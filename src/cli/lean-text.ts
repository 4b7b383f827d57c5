import { isUtf8 } from 'node:buffer';
import { maxTextBytes } from '../campaign/offline/with-lean.js';
import { invalid } from '../util/errors.js';
import { readBounded } from '../util/files.js';
import { asReadError } from '../util/machine-trouble.js';

/** The Lean text of a file that a command is given. UserError where it can't be read, is too large, or is no UTF-8. */
export function readLeanText(file: string): string {
  const bytes = readBytes(file);
  if (!isUtf8(bytes)) throw invalid('file', file, 'a text in UTF-8');
  return bytes.toString();
}

function readBytes(file: string): Buffer {
  try {
    return readBounded(file, maxTextBytes);
  } catch (error) {
    throw asReadError(error, 'file', file, `${file}: can't be read`);
  }
}
