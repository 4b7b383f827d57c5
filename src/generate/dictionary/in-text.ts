import type { Unit } from '../../api/candidate.js';
import type { Tree } from '../../ir/source/tree.js';
import type { Random } from '../../util/random.js';
import { pickPosition, pickUnit, withTerm, withTree } from '../mutators/source/positions.js';
import { contentOf } from '../source/unit-of.js';
import { unitOfText } from '../text/units-of-text.js';
import type { Token } from './token.js';

/** Units of Lean text with a token in one of them, or behind them; undefined where they have no place for it. */
export function putInText(
  random: Random,
  token: Token,
  units: readonly Unit[],
  tag: string,
): Unit[] | undefined {
  switch (token.kind) {
    case 'number':
      return inTerm(
        random,
        units,
        random.chance(0.2) ? `(${token.text} : _)` : token.text,
        /^(Nat|UInt\d+|Int)$/,
      );
    case 'string':
      return inTerm(random, units, token.text, /^String$/);
    case 'name': {
      const holes = ' _'.repeat(random.below(3));
      return inTerm(random, units, holes === '' ? token.text : `(${token.text}${holes})`, /./);
    }
    case 'level':
      return inSort(random, units, token.text) ?? [...units, unitOfText(sortOf(token.text, tag))];
    case 'term':
      return inTerm(random, units, `(${token.text})`, /./);
    case 'command':
      return [...units, unitOfText(token.text)];
  }
}

/** In the place of a term of a fitting type, else of any; in a text without structure, in the place of a word. */
function inTerm(random: Random, units: readonly Unit[], text: string, heads: RegExp): Unit[] | undefined {
  const fits = ({ tree: { goal } }: { readonly tree: Tree }): boolean =>
    goal?.kind === 'named' && heads.test(goal.head);
  const position = pickPosition(random, units, fits) ?? pickPosition(random, units);
  if (position === undefined) return inWords(random, units, text, word);
  const { goal } = position.tree;
  return withTerm(units, position, { parts: [text], goal });
}

/** A universe in the place of another one. */
function inSort(random: Random, units: readonly Unit[], level: string): Unit[] | undefined {
  const free = /[\p{L}_]\w*/gu;
  const closed = level.replace(free, (name) => (name === 'max' || name === 'imax' ? name : '_'));
  return inWords(random, units, `(Sort (${closed}))`, universe);
}

const word = /(?<![\p{L}\p{N}_.'«:])[\p{L}\p{N}_][\p{L}\p{N}_.']*(?![\p{L}\p{N}_.'»]|\s*:=)/gu;
const universe =
  /(?<![\p{L}\p{N}_.'])(?:Type(?: \d| [a-z]\b)?|Sort (?:\d|[a-z]\b)|Prop)(?![\p{L}\p{N}_.'])/gu;

function inWords(random: Random, units: readonly Unit[], text: string, pattern: RegExp): Unit[] | undefined {
  const countIn = (tree: Tree): number =>
    tree.parts.reduce(
      (sum, part) => sum + (typeof part === 'string' ? [...part.matchAll(pattern)].length : countIn(part)),
      0,
    );
  const isPlace = (unit: Unit): boolean => unit.kind !== 'options' && countIn(contentOf(unit).tree) > 0;
  const index = pickUnit(random, units, isPlace);
  if (index === undefined) return undefined;
  return withTree(units, index, (whole) => {
    let left = random.below(countIn(whole));
    const go = (tree: Tree): Tree => ({
      ...tree,
      parts: tree.parts.map((part) =>
        typeof part === 'string' ? part.replace(pattern, (old) => (left-- === 0 ? text : old)) : go(part),
      ),
    });
    return go(whole);
  });
}

function sortOf(level: string, tag: string): string {
  const names = [...new Set(level.match(/[\p{L}_]\w*/gu) ?? [])].filter(
    (one) => one !== 'max' && one !== 'imax',
  );
  const params = names.length === 0 ? '' : `.{${names.join(', ')}}`;
  return `def d${tag}_0${params} : Sort (max 1 (${level}) + 1) := Sort (max 1 (${level}))`;
}
