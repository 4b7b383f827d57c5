/**
 * The flat form of declarations: an array of 32-bit words, in pre-order, as it travels through shared memory.
 *
 *   words        = version, text table, declaration count, declaration*
 *   text table   = byte length of all, number of texts, length of each, UTF-8 bytes padded to words
 *   level        = tag, operands          expression = tag, operands, children
 *   sharing      = `define` in front of a subtree that occurs again; `reference k` for the k-th finished one
 *
 * Names and strings are numbers into the text table. A subtree is a contiguous slice, unless it refers to a
 * shared one outside. Tags are the values of the two tables below and never change their meaning.
 */
export const wordsVersion = 1;

export const LevelTag = { zero: 0, succ: 1, max: 2, imax: 3, param: 4, mvar: 5 } as const;

export const ExprTag = {
  bvar: 0,
  fvar: 1,
  mvar: 2,
  sort: 3,
  const: 4,
  app: 5,
  lambda: 6,
  pi: 7,
  let: 8,
  nat: 9,
  string: 10,
  proj: 11,
  mdata: 12,
  define: 13,
  reference: 14,
  /** A projection whose index needs two words, the lower one first. */
  farProj: 15,
} as const;

export const DeclarationTag = {
  axiom: 0,
  definition: 1,
  theorem: 2,
  opaque: 3,
  quotient: 4,
  mutual: 5,
  inductive: 6,
  'bare quotient': 7,
} as const;

/** Whether words are those of a bare quotient; nothing else about them is looked at. */
export function isBareQuotient(words: Uint32Array): boolean {
  const [, bytes = 0, texts = 0] = words;
  return words[3 + texts + Math.ceil(bytes / 4) + 1] === DeclarationTag['bare quotient'];
}

/** A reducibility hint as one word. */
export const HintWord = { opaque: 0, abbreviation: 1, firstHeight: 2 } as const;

/** Bounds that the decoder enforces before anything is built. */
export interface WordLimits {
  /** Nesting of an expression, in nodes. */
  readonly exprDepth: number;
  readonly levelDepth: number;
  /** UTF-8 bytes of one name or string. */
  readonly textBytes: number;
  /** 32-bit words of one natural number literal. */
  readonly natWords: number;
  readonly names: number;
  readonly bvarIndex: number;
}

/** How many values a word has: the higher word of an index in two counts these. */
export const wordRange = 2 ** 32;
/** Bound of that higher word: indices below 2^53 are exact numbers here. */
export const maxHighIndex = 2 ** 21;

/** Index of a bound variable: Lean's own constructor ends the process beyond it. */
const maxBvarIndex = 0xffffe;

/** For words that come from elsewhere: a file, a mutator. A damaged or hostile array is refused. */
export const foreignLimits: WordLimits = {
  exprDepth: 2000,
  levelDepth: 200,
  textBytes: 16_384,
  natWords: 4096,
  names: 65_536,
  bvarIndex: maxBvarIndex,
};

/**
 * For what our own executor read out of an environment: whatever a kernel accepted has to be judged. Beyond these
 * there is no answer. Levels are the one thing that is walked by recursion.
 */
export const environmentLimits: WordLimits = {
  exprDepth: 1 << 22,
  levelDepth: 1000,
  textBytes: 1 << 26,
  natWords: 1 << 22,
  names: 1 << 22,
  bvarIndex: maxBvarIndex,
};
