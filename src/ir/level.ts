import { hashText, mix } from './hash.js';
import { foldLevel } from './level-fold.js';
import { isBranch, type BranchLevel, type Level } from './level-kinds.js';
import type { Name } from './name.js';

export type { BranchLevel, LeafLevel, Level, SuccLevel } from './level-kinds.js';

/** Bits of what occurs in a level or a term: metavariables of terms or levels, and level parameters. */
export const hasMvar = 2;
export const hasLevelParam = 4;

export const zero: Level = { kind: 'zero' };
export const one: Level = succ(zero);

export function succ(of: Level, times = 1): Level {
  let level = of;
  for (let i = 0; i < times; i++) {
    const { base, offset } = offsetOf(level);
    const hash = mix(18, hashLevel(level));
    const has = levelHas(level);
    const size = levelSize(base) + 1;
    level = { kind: 'succ', of: level, hash, has, size, positive: true, offset: offset + 1, base };
  }
  return level;
}
export function max(left: Level, right: Level): Level {
  return branch('max', left, right);
}
export function imax(left: Level, right: Level): Level {
  return branch('imax', left, right);
}
/** A maximum of either kind. */
export function branch(kind: 'max' | 'imax', left: Level, right: Level): BranchLevel {
  const hash = mix(mix(kind === 'max' ? 19 : 20, hashLevel(left)), hashLevel(right));
  const has = levelHas(left) | levelHas(right);
  const size = levelSize(left) + levelSize(right) + 1;
  const positive = isPlainlyPositive(right) || (kind === 'max' && isPlainlyPositive(left));
  return { kind, left, right, hash, has, size, positive };
}
export function param(name: Name): Level {
  return { kind: 'param', name, hash: mix(21, hashText(name)) };
}
export function levelMvar(name: Name): Level {
  return { kind: 'mvar', name, hash: mix(22, hashText(name)) };
}

/** A level without its outer successors, and how many there were. */
export interface Offset {
  readonly base: Level;
  readonly offset: number;
}

export function offsetOf(level: Level): Offset {
  let offset = 0;
  let base = level;
  for (; base.kind === 'succ'; base = base.of) {
    if (base.base !== undefined) return { base: base.base, offset: offset + (base.offset ?? 0) };
    offset++;
  }
  return { base, offset };
}

/** The level of a number: 0, 1, 2, ... */
export function levelOf(n: number): Level {
  return succ(zero, n);
}

export function hashLevel(level: Level): number {
  if (level.kind === 'zero') return 17;
  return level.hash ?? hashLevel(built(level));
}

export function levelHas(level: Level): number {
  switch (level.kind) {
    case 'zero':
      return 0;
    case 'param':
      return hasLevelParam;
    case 'mvar':
      return hasMvar;
    default:
      return level.has ?? levelHas(built(level));
  }
}

export function levelSize(level: Level): number {
  return level.kind === 'succ' || isBranch(level) ? (level.size ?? levelSize(built(level))) : 1;
}

/** Whether the shape alone says that a level is never 0. */
export function isPlainlyPositive(level: Level): boolean {
  return level.kind === 'succ' || (isBranch(level) && (level.positive ?? isPlainlyPositive(built(level))));
}

/** Levels that were written as objects, as the functions above make them: an object of somebody's has no place for it. */
const builtAnew = new WeakMap<Level, Level>();

function built(level: Level): Level {
  const before = builtAnew.get(level);
  if (before !== undefined) return before;
  const made = foldLevel<Level>(level, {
    leaf: (leaf) =>
      leaf.kind === 'zero' ? zero : leaf.kind === 'param' ? param(leaf.name) : levelMvar(leaf.name),
    succ: (of) => succ(of),
    branch: (left, right, { kind }) => branch(kind, left, right),
  });
  builtAnew.set(level, made);
  return made;
}
