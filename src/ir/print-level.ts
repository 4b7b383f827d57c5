import { foldLevel } from './level-fold.js';
import { levelSize, type Level } from './level.js';

/** Nodes of a level that is still printed, shared ones counted at each use. */
export const maxPrinted = 4000;

/** Stands for a level that is larger. */
export const cutLevel = '…';

/** A level on its way to text: what it is written as without its outer successors, and how many these are. */
interface Text {
  readonly base: string;
  readonly kind: Level['kind'];
  readonly offset: number;
}

/** A level as Lean writes it; `…` for one that is too large to be read. */
export function printLevel(level: Level): string {
  if (levelSize(level) > maxPrinted) return cutLevel;
  const text = foldLevel<Text>(level, {
    leaf: (leaf) => {
      const base = leaf.kind === 'zero' ? '' : leaf.kind === 'mvar' ? `?${leaf.name}` : leaf.name;
      return { base, kind: leaf.kind, offset: 0 };
    },
    succ: (of) => ({ ...of, offset: of.offset + 1 }),
    branch: (left, right, { kind }) => ({
      base: `${kind} ${written(left, true)} ${written(right, true)}`,
      kind,
      offset: 0,
    }),
  });
  return written(text, false);
}

function written({ base, kind, offset }: Text, parenthesized: boolean): string {
  if (kind === 'zero') return String(offset);
  const isBranch = kind === 'max' || kind === 'imax';
  if (offset > 0) {
    const sum = `${isBranch ? `(${base})` : base} + ${offset}`;
    return parenthesized ? `(${sum})` : sum;
  }
  return parenthesized && isBranch ? `(${base})` : base;
}
