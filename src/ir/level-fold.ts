/**
 * Walks over levels. They may be nested as deep as they like, and share so much that a walk of every use never ends: small
 * ones are walked by recursion, which is quickest, large ones by a stack of their own, each shared part once.
 */
import { isBranch, type BranchLevel, type LeafLevel, type Level, type SuccLevel } from './level-kinds.js';

/** Functions that make a result for a level from its leaves up. */
export interface LevelFold<T extends object> {
  readonly leaf: (level: LeafLevel) => T;
  readonly succ: (of: T, level: SuccLevel) => T;
  readonly branch: (left: T, right: T, level: BranchLevel) => T;
}

/** Nodes that are walked by recursion, each use counted. */
const maxSmall = 256;
/** Nodes left of them; not in an object, which would have to be made for each walk. */
let nodesLeft = 0;

/** The result of a fold for a level. The functions of the fold may not fold themselves. */
export function foldLevel<T extends object>(level: Level, fold: LevelFold<T>): T {
  nodesLeft = maxSmall;
  return foldSmall(level, fold) ?? foldLarge(level, fold);
}

/** Undefined where there are too many nodes. */
function foldSmall<T extends object>(level: Level, fold: LevelFold<T>): T | undefined {
  if (--nodesLeft < 0) return undefined;
  if (level.kind === 'succ') {
    const of = foldSmall(level.of, fold);
    return of === undefined ? undefined : fold.succ(of, level);
  }
  if (!isBranch(level)) return fold.leaf(level);
  const left = foldSmall(level.left, fold);
  const right = left === undefined ? undefined : foldSmall(level.right, fold);
  return left === undefined || right === undefined ? undefined : fold.branch(left, right, level);
}

function foldLarge<T extends object>(root: Level, fold: LevelFold<T>): T {
  const done = new Map<Level, T>();
  const open = [root];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    if (level.kind === 'succ') {
      const of = done.get(level.of);
      if (of === undefined) open.push(level.of);
      else done.set(level, fold.succ(of, level));
    } else if (isBranch(level)) {
      const left = done.get(level.left);
      const right = done.get(level.right);
      if (right === undefined) open.push(level.right);
      if (left === undefined) open.push(level.left);
      if (left !== undefined && right !== undefined) done.set(level, fold.branch(left, right, level));
    } else done.set(level, fold.leaf(level));
    if (done.has(level)) open.pop();
  }
  return done.get(root) as T;
}

/** Whether `test` holds of a part of a level. */
export function someLevel(root: Level, test: (part: Level) => boolean): boolean {
  const open = [root];
  let branches = 0;
  let seen: Set<Level> | undefined;
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    if (test(level)) return true;
    if (level.kind === 'succ') open.push(level.of);
    else if (isBranch(level)) {
      if (++branches > maxSmall) {
        seen ??= new Set();
        if (seen.has(level)) continue;
        seen.add(level);
      }
      open.push(level.right, level.left);
    }
  }
  return false;
}
