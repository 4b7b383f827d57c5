/** The parts of source-level units as bytes: trees, what they bring into scope, and blocks of inductive types. */
import type { Block, Constructor, InductiveType, Parameter } from '../ir/source/block.js';
import type { Entry } from '../ir/source/entry.js';
import type { Local, Tree } from '../ir/source/tree.js';
import type { Type } from '../ir/source/types.js';
import { MalformedBytes } from '../util/bytes.js';
import { count, flag, list, struct, text, variant } from '../util/codec.js';
import type { CandidateIn, CandidateOut, Packed } from './candidate-bytes.js';

const texts = list(text);

const type: Packed<Type> = {
  write: (out, value) => out.types.write(out, value),
  read: (from) => from.types.read(from),
};
const types = list(type);

/** Entries of a scope, by their roles. */
export const entryCodec = variant<'role', Entry, CandidateOut, CandidateIn>('role', {
  type: struct({ name: text, parameters: count, indices: count, inhabited: flag }),
  value: struct({ name: text, variables: texts, args: types, result: type, constructor: flag }),
  proof: struct({ name: text, statement: text }),
  equation: struct({ function: text, statement: text, uses: texts, proofs: texts }),
  class: struct({ name: text, operation: text }),
  instance: struct({ className: text, type }),
});

const constructor = struct<Constructor, CandidateOut, CandidateIn>({
  ...{ name: text, naturals: texts, fields: types, indices: types },
});
const parameter = struct<Parameter, CandidateOut, CandidateIn>({ name: text, sort: text });
const inductive = struct<InductiveType, CandidateOut, CandidateIn>({
  ...{ name: text, parameters: list(parameter), indices: count, sort: text },
  constructors: list(constructor),
});

export const blockCodec = struct<Block, CandidateOut, CandidateIn>({
  ...{ types: list(inductive), universes: texts, deriving: texts },
});

const locals = list(struct<Local, CandidateOut, CandidateIn>({ name: text, type }));

/** How deep a reader follows a tree, and parts of one tree. */
const limits = { depth: 200, parts: 1 << 20 } as const;

/** Which optional parts a tree has, below its number of parts. */
const TreeFlag = { goal: 1, binds: 2, uses: 4, bits: 3 } as const;

/**
 * Trees of Lean text:
 *
 *   tree = number of parts and flags, goal?, binds?, uses?, part*       part = 0 tree, or the number of a text plus 1
 */
export const treeCodec: Packed<Tree> = {
  write(out, { parts, goal, binds, uses }) {
    const flags =
      (goal === undefined ? 0 : TreeFlag.goal) |
      (binds === undefined ? 0 : TreeFlag.binds) |
      (uses === undefined ? 0 : TreeFlag.uses);
    out.count((parts.length << TreeFlag.bits) | flags);
    if (goal !== undefined) type.write(out, goal);
    if (binds !== undefined) locals.write(out, binds);
    if (uses !== undefined) texts.write(out, uses);
    for (const part of parts) {
      if (typeof part === 'string') out.count(out.numberOf(part) + 1);
      else treeCodec.write(out.count(0), part);
    }
  },
  read(from) {
    if (++from.trees.open > limits.depth)
      throw new MalformedBytes(`a tree nested deeper than ${limits.depth}`);
    const head = from.count();
    const goal = (head & TreeFlag.goal) === 0 ? undefined : type.read(from);
    const binds = (head & TreeFlag.binds) === 0 ? undefined : locals.read(from);
    const uses = (head & TreeFlag.uses) === 0 ? undefined : texts.read(from);
    const parts: (string | Tree)[] = [];
    for (let left = head >>> TreeFlag.bits; left > 0; left--) parts.push(readPart(from));
    from.trees.open--;
    return {
      parts,
      ...(goal === undefined ? {} : { goal }),
      ...(binds === undefined ? {} : { binds }),
      ...(uses === undefined ? {} : { uses }),
    };
  },
};

function readPart(from: CandidateIn): string | Tree {
  if (++from.trees.parts > limits.parts) throw new MalformedBytes(`trees of more than ${limits.parts} parts`);
  const number = from.count();
  return number === 0 ? treeCodec.read(from) : from.textOf(number - 1);
}
