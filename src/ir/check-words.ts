import { foreignLimits, type WordLimits } from './codec.js';
import type { Builder } from './builder.js';
import { Decoder, MalformedWords } from './decode.js';

/** Throws MalformedWords where words are not those of one declaration; nothing is built of them. */
export function checkWords(words: Uint32Array, limits: WordLimits = foreignLimits): void {
  const decoder = new Decoder(words, nothing, limits);
  if (decoder.count !== 1) throw new MalformedWords(`${decoder.count} declarations, expected 1`);
  decoder.declaration();
  decoder.end();
}

/** Stands for every level, expression and declaration. Not undefined, which is what the decoder calls unfinished. */
const made = 0;
const one = (): number => made;

const nothing: Builder<number, number, number> = {
  ...{ zero: one, succ: one, max: one, imax: one, levelParam: one, levelMvar: one },
  ...{ bvar: one, fvar: one, mvar: one, sort: one, const: one, app: one, lambda: one, pi: one, let: one },
  ...{ nat: one, string: one, proj: one, mdata: one, again: one },
  ...{ axiom: one, definition: one, theorem: one, opaque: one, quotient: one, mutual: one },
  ...{ inductive: one, bareQuotient: one },
};
