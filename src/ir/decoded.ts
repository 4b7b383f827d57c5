import type { Declaration } from './declaration.js';
import { decode } from './tree-builder.js';

const known = new WeakMap<Uint32Array, Declaration>();

/** The single declaration of some words, decoded once: words are shared between candidates. Throws MalformedWords. */
export function declarationIn(words: Uint32Array): Declaration | undefined {
  const declaration = known.get(words) ?? decode(words)[0];
  if (declaration !== undefined) known.set(words, declaration);
  return declaration;
}

/** Notes what words say where it is known already, so that they need not be decoded. */
export function noteDeclaration(words: Uint32Array, declaration: Declaration): void {
  known.set(words, declaration);
}
