import { mapLevel } from './map-level.js';
import type { Level } from './level.js';
import type { Name } from './name.js';

/** The level with parameters replaced; those that `replace` does not know stay. */
export function substituteLevel(level: Level, replace: ReadonlyMap<Name, Level>): Level {
  return mapLevel(level, (leaf) => (leaf.kind === 'param' ? (replace.get(leaf.name) ?? leaf) : leaf));
}
