import type { Unit } from '../../api/candidate.js';
import type { Block } from './block.js';
import type { Entry } from './scope.js';
import { textOf, usesOf, type Tree } from './tree.js';
import type { Draft } from './unit-maker.js';

/** What the generator and the mutators remember of a unit; it travels with the unit as JSON. */
export interface Memo {
  readonly entries: readonly Entry[];
  readonly tree: Tree;
  readonly block?: Block;
  /** A kernel-level declaration in its flat form, as base64. */
  readonly words?: string;
}

const known = new WeakMap<Unit, Memo>();
const empty: Memo = { entries: [], tree: { parts: [] } };

/** A unit's memo; an empty one for units that no generator of ours made. */
export function memoOf(unit: Unit): Memo {
  let memo = known.get(unit);
  if (memo === undefined) {
    memo = { ...empty, tree: { parts: [unit.text] }, ...parse(unit.memo) };
    known.set(unit, memo);
  }
  return memo;
}

function parse(text: string): Partial<Memo> {
  if (!text.startsWith('{"entries":')) return {};
  return JSON.parse(text) as Memo;
}

/** The finished unit of a draft. */
export function unitOf(kind: string, { tree, declares, block, words }: Draft): Unit {
  const text = textOf(tree);
  // A maker names what it might declare; what its text does not say it did not.
  const said = new Set(text.match(/[A-Za-z]\w*_\d+/g));
  const entries = declares.filter((entry) => !('name' in entry) || said.has(entry.name.split('.')[0] ?? ''));
  const names = entries.flatMap(namesOf);
  const own = new Set(names);
  const memo: Memo = {
    entries,
    tree,
    ...(block === undefined ? {} : { block }),
    ...(words === undefined
      ? {}
      : { words: Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64') }),
  };
  const unit: Unit = {
    kind,
    text,
    words: null,
    declares: names,
    uses: [...usesOf(tree)].filter((name) => isGenerated(name) && !own.has(name)),
    expected: 'any',
    memo: JSON.stringify(memo),
  };
  known.set(unit, memo);
  return unit;
}

/** Names that a generator gave end in its counter, or continue such a name: `f1a_3`, `T1a_3.c0`. */
function isGenerated(name: string): boolean {
  return /^[A-Za-z]\w*_\d+(\.|$)/.test(name);
}

function namesOf(entry: Entry): string[] {
  if (entry.role === 'class') return [entry.name, entry.operation];
  return 'name' in entry ? [entry.name] : [];
}
