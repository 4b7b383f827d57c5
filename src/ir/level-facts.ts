/** Facts about a level without walking it again: levels may share so much that a walk never ends. */
import { hashText, mix } from './hash.js';
import type { Level } from './level.js';

/** Bits of what occurs in a level or a term: metavariables of terms or levels, and level parameters. */
export const hasMvar = 2;
export const hasLevelParam = 4;

interface Facts {
  readonly hash: number;
  readonly has: number;
  readonly size: number;
}

/** Of maxima, by identity; of the others they are worked out at once. */
const known = new WeakMap<Level, Facts>();

/** Equal for equal levels. */
export function hashLevel(level: Level): number {
  switch (level.kind) {
    case 'zero':
      return 17;
    case 'succ':
      return mix(18, hashLevel(level.of));
    case 'max':
    case 'imax':
      return factsOf(level).hash;
    case 'param':
    case 'mvar':
      return mix(level.kind === 'param' ? 21 : 22, hashText(level.name));
  }
}

/** Which of the bits above hold of it. */
export function levelHas(level: Level): number {
  switch (level.kind) {
    case 'zero':
      return 0;
    case 'succ':
      return levelHas(level.of);
    case 'max':
    case 'imax':
      return factsOf(level).has;
    case 'param':
      return hasLevelParam;
    case 'mvar':
      return hasMvar;
  }
}

/** Nodes of a level, shared ones counted at each use. */
export function levelSize(level: Level): number {
  switch (level.kind) {
    case 'succ':
      return levelSize(level.of) + 1;
    case 'max':
    case 'imax':
      return factsOf(level).size;
    default:
      return 1;
  }
}

function factsOf(level: Level & { kind: 'max' | 'imax' }): Facts {
  const before = known.get(level);
  if (before !== undefined) return before;
  const { kind, left, right } = level;
  const facts = {
    hash: mix(mix(kind === 'max' ? 19 : 20, hashLevel(left)), hashLevel(right)),
    has: levelHas(left) | levelHas(right),
    size: levelSize(left) + levelSize(right) + 1,
  };
  known.set(level, facts);
  return facts;
}
