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

/** Of maxima and of long rows of successors, by identity; of the others they are worked out at once. */
const known = new WeakMap<Level, Facts>();
/** Successors in a row behind which facts are kept. */
const longRow = 16;

/** Equal for equal levels. */
export function hashLevel(level: Level): number {
  switch (level.kind) {
    case 'zero':
      return 17;
    case 'succ':
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
    case 'max':
    case 'imax':
      return factsOf(level).has;
    case 'param':
      return hasLevelParam;
    case 'mvar':
      return hasMvar;
  }
}

/** Nodes of a level, shared ones counted at each use; successors in a row are one, for they are compared as a number. */
export function levelSize(level: Level): number {
  return level.kind === 'succ' || level.kind === 'max' || level.kind === 'imax' ? factsOf(level).size : 1;
}

function factsOf(level: Level & { kind: 'succ' | 'max' | 'imax' }): Facts {
  const before = known.get(level);
  if (before !== undefined) return before;
  if (level.kind === 'succ') return factsOfRow(level);
  const { kind, left, right } = level;
  const facts = {
    hash: mix(mix(kind === 'max' ? 19 : 20, hashLevel(left)), hashLevel(right)),
    has: levelHas(left) | levelHas(right),
    size: levelSize(left) + levelSize(right) + 1,
  };
  known.set(level, facts);
  return facts;
}

/** Of a row of successors, by the next one inside of which they are known: rows may be longer than the stack is deep. */
function factsOfRow(level: Level & { kind: 'succ' }): Facts {
  let base: Level = level;
  let row = 0;
  let inner: Facts | undefined;
  for (; base.kind === 'succ' && inner === undefined; row++) {
    base = base.of;
    if (base.kind === 'succ') inner = known.get(base);
  }
  let hash = inner?.hash ?? hashLevel(base);
  for (let i = 0; i < row; i++) hash = mix(18, hash);
  const facts = {
    hash,
    has: inner?.has ?? levelHas(base),
    size: inner?.size ?? levelSize(base) + 1,
  };
  if (row >= longRow) known.set(level, facts);
  return facts;
}
