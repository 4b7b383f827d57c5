import { foldLevel } from './level-fold.js';
import { branch, succ, type BranchLevel, type LeafLevel, type Level } from './level.js';

/** A level with its leaves replaced; itself where nothing changed. `make` makes maxima; by default they stay as they were. */
export function mapLevel(
  level: Level,
  leaf: (level: LeafLevel) => Level,
  make: (left: Level, right: Level, level: BranchLevel) => Level = sameBranch,
): Level {
  return foldLevel(level, {
    leaf,
    succ: (of, whole) => (of === whole.of ? whole : succ(of)),
    branch: make,
  });
}

function sameBranch(left: Level, right: Level, level: BranchLevel): Level {
  return left === level.left && right === level.right ? level : branch(level.kind, left, right);
}
