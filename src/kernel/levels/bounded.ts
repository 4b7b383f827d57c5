import { levelSize } from '../../ir/level-facts.js';
import type { Level } from '../../ir/level.js';
import { DontKnow } from '../failure.js';

/** Nodes that a level may have, shared ones counted at each use: comparing two takes time in their product. */
export const maxLevelSize = 4096;

/** The level; DontKnow where it has grown too large to be compared. */
export function bounded(level: Level): Level {
  if (levelSize(level) > maxLevelSize) throw new DontKnow('a level that has grown too large');
  return level;
}
