import type { Unit } from '../../api/candidate.js';
import type { Name } from '../../ir/name.js';
import { mentionedNames } from '../../ir/mentioned.js';
import type { Edit, Pass } from './shrink.js';
import { editableDeclarations, withUnits, type Subject } from './subject.js';

/** The units of a subject, and whether its claim is needed. */
interface Part {
  readonly units: readonly Unit[];
  readonly isClaimed: boolean;
}

/**
 * Of what ended an executor, the step that it was at: alone, behind what it builds on, and behind all that stood before
 * it. `at` is an index into the units, or their number for the claim. This is where making it smaller begins: whatever
 * stands behind that step was never reached.
 */
export function whereItEnded(original: Subject, at: number): Pass<Subject> {
  const { units } = original.candidate;
  const isClaimed = at >= units.length;
  const before = units.slice(0, at);
  const last = units.slice(at, at + 1);
  const parts: readonly Part[] = [
    { units: last, isClaimed },
    { units: [...neededBy(original, at), ...last], isClaimed },
    { units: [...before, ...last], isClaimed },
  ];
  return {
    name: 'where it ended',
    *edits(subject, tried): Generator<Edit<Subject>> {
      if (subject !== original) return;
      for (const part of parts.slice(tried)) yield () => partOf(original, part);
    },
  };
}

function partOf(subject: Subject, { units, isClaimed }: Part): Subject {
  return withUnits(isClaimed ? subject : { ...subject, claim: undefined }, units);
}

/** The units before a step that it builds on. What a text mentions nobody knows before Lean has read it. */
function neededBy(subject: Subject, at: number): Unit[] {
  const { units, level } = subject.candidate;
  if (level !== 'kernel') return [];
  const declarations = editableDeclarations(subject);
  const wanted = new Set<Name>();
  const want = (index: number): void => {
    const declaration = declarations[index];
    if (declaration === undefined) return;
    // A recursor comes with its type.
    for (const name of mentionedNames(declaration)) wanted.add(name.replace(/\.rec(_\d+)?$/, ''));
  };
  want(at);
  const needed: Unit[] = [];
  for (let index = Math.min(at, units.length) - 1; index >= 0; index--) {
    const unit = units[index];
    if (unit === undefined || !unit.declares.some((name) => wanted.has(name))) continue;
    needed.unshift(unit);
    want(index);
  }
  return needed;
}
