import { hash } from 'node:crypto';

/** Hexadecimal digits of a content's hash: enough that nobody can make two contents of one hash. */
export const hashDigits = 32;

/** Names the content of a unit or step: a text, or the words of declarations. */
export function contentHash(content: string | Uint32Array): string {
  return hash('sha256', content, 'hex').slice(0, hashDigits);
}
