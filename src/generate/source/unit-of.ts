import { textOf, usesOf } from '../../ir/source/tree.js';
import type { Entry } from '../../ir/source/entry.js';
import { SourceUnit, type SourceContent } from '../../ir/unit/source-unit.js';
import { leanTextOf, type Unit } from '../../ir/unit/unit.js';
import type { Draft } from './unit-maker.js';

/** Content of a unit; only its text where none of our generators made it. */
export function contentOf(unit: Unit): SourceContent {
  return unit.form === 'source' ? unit : { entries: [], tree: { parts: [leanTextOf(unit) ?? ''] } };
}

/** The finished unit of a draft. */
export function unitOf(kind: string, { tree, declares, block, kernel }: Draft): SourceUnit {
  const text = textOf(tree);
  // A maker names what it might declare; what its text does not say it did not.
  const said = new Set(text.match(/[A-Za-z]\w*_\d+/g));
  const entries = declares.filter((entry) => !('name' in entry) || said.has(entry.name.split('.')[0] ?? ''));
  const names = entries.flatMap(namesOf);
  const own = new Set(names);
  const uses = [...usesOf(tree)].filter((name) => isGenerated(name) && !own.has(name));
  const facts = { kind, declares: names, uses, expected: 'any' } as const;
  return new SourceUnit(facts, { tree, entries, block, kernel });
}

/** Names that a generator gave end in its counter, or continue such a name: `f1a_3`, `T1a_3.c0`. */
function isGenerated(name: string): boolean {
  return /^[A-Za-z]\w*_\d+(\.|$)/.test(name);
}

function namesOf(entry: Entry): string[] {
  if (entry.role === 'class') return [entry.name, entry.operation];
  return 'name' in entry ? [entry.name] : [];
}
