import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPlainFile } from './files.js';

/** SHA-256 of a file, hexadecimal. UserError (2) for what is no plain file. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { fd: openPlainFile(path), highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
