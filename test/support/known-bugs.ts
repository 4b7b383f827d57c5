import { environmentLimits } from '../../src/ir/codec.js';
import type { Declaration } from '../../src/ir/declaration.js';
import { decode } from '../../src/ir/tree-builder.js';
import type { KnownBug } from '../../src/judge/known-bugs.js';

/** The smallest case of a known bug. */
export function declarationsOfBug({ words = '' }: KnownBug): readonly Declaration[] {
  const bytes = Buffer.from(words, 'base64');
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return decode(new Uint32Array(copy), environmentLimits);
}
