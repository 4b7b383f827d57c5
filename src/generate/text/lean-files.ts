import type { Unit } from '../../api/candidate.js';
import { textOptions, unitsOfText } from './units-of-text.js';

/** Units of one candidate from a text, and characters; a longer one becomes several. A request takes about 1 MiB. */
const maxUnits = 100;
const maxLength = 200_000;

/** A Lean text as units, in parts that are candidates; nothing where it has no declarations. */
export function partsOfText(text: string): Unit[][] {
  const parts: Unit[][] = [];
  let length = 0;
  for (const unit of unitsOfText(text)) {
    length += unit.size;
    const last = parts.at(-1);
    if (last !== undefined && last.length <= maxUnits && length <= maxLength) {
      last.push(unit);
    } else {
      parts.push([textOptions, unit]);
      length = unit.size;
    }
  }
  return parts;
}
