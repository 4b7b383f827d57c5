import { isBranch } from './level-kinds.js';
import { hashLevel, offsetOf, type BranchLevel, type Level } from './level.js';

/** Pairs that are compared by recursion; where there are more, hashes are asked first and pairs remembered. */
const maxSmall = 256;
/** Pairs left of them; not in an object, which would have to be made for each of millions of comparisons. */
let pairsLeft = 0;

/** Whether two levels are written alike. */
export function sameLevel(a: Level, b: Level): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  pairsLeft = maxSmall;
  return sameSmall(a, b) ?? sameLarge(a, b);
}

/** Undefined where there are too many nodes. */
function sameSmall(first: Level, second: Level): boolean | undefined {
  let [a, b] = [first, second];
  for (;;) {
    if (a === b) return true;
    if (a.kind !== b.kind) return false;
    switch (a.kind) {
      case 'zero':
        return true;
      case 'succ': {
        const [x, y] = [offsetOf(a), offsetOf(b)];
        if (x.offset !== y.offset) return false;
        [a, b] = [x.base, y.base];
        continue;
      }
      case 'max':
      case 'imax': {
        if (--pairsLeft < 0) return undefined;
        const other = b as BranchLevel;
        const same = sameSmall(a.left, other.left);
        if (same !== true) return same;
        [a, b] = [a.right, other.right];
        continue;
      }
      case 'param':
      case 'mvar':
        return a.name === (b as typeof a).name;
    }
  }
}

/** Levels may be nested as deep as they like, and share so much that to compare every use never ends. */
function sameLarge(first: Level, second: Level): boolean {
  if (hashLevel(first) !== hashLevel(second)) return false;
  const known = new Map<Level, Level>();
  const open: (readonly [Level, Level])[] = [[first, second]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [x, y] = [offsetOf(pair[0]), offsetOf(pair[1])];
    const [a, b] = [x.base, y.base];
    if (x.offset !== y.offset || a.kind !== b.kind) return false;
    if (a === b || known.get(a) === b) continue;
    if (isBranch(a)) {
      const other = b as BranchLevel;
      known.set(a, b);
      open.push([a.right, other.right], [a.left, other.left]);
    } else if ('name' in a && a.name !== (b as typeof a).name) return false;
  }
  return true;
}
