import type { Candidate, Unit } from '../../api/candidate.js';
import type { Claim } from '../../api/execution.js';
import type { Declaration } from '../../ir/declaration.js';
import { encode } from '../../ir/encode.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import { declarationsOf } from '../../store/declarations-of.js';
import { skip, type Edit, type Pass } from './shrink.js';

/** The input of the minimiser: a candidate and the claim behind it. */
export interface Subject {
  readonly candidate: Candidate;
  readonly claim?: Claim | undefined;
}

/** Weight of each declaration, in words (kernel level) or characters (source level). */
const unitWeight = 40;

/** How much there is to read; an edit has to make it less. */
export function weigh({ candidate, claim }: Subject): number {
  const units = candidate.units.map((unit) => unitWeight + unit.size);
  const step = claim?.step;
  const claimed = step === undefined ? 0 : step.kind === 'declaration' ? step.words.length : step.text.length;
  return units.reduce((sum, weight) => sum + weight, claimed);
}

/** The names that a subject declares; a text's are known where its unit tells them. */
export function namesOf({ candidate }: Subject): Set<string> {
  return new Set(candidate.units.flatMap(({ declares }) => declares));
}

export function withUnits(subject: Subject, units: readonly Unit[]): Subject {
  return { ...subject, candidate: { ...subject.candidate, units } };
}

/** The declarations of a kernel-level subject that can be edited: one for each unit, then the first of its claim. */
export function editableDeclarations(subject: Subject): Declaration[] {
  return declarationsOf(subject).slice(0, subject.candidate.units.length + 1);
}

/** The subject with other declarations in the places of its own; null drops a unit. */
export function withDeclarations(subject: Subject, declarations: readonly (Declaration | null)[]): Subject {
  const { candidate, claim } = subject;
  const units = candidate.units.flatMap((unit, index) => {
    const declaration = declarations[index] ?? null;
    if (declaration === null) return [];
    return KernelUnit.of(declaration, { kind: unit.kind, expected: unit.expected, made: unit.made });
  });
  const claimed = declarations[candidate.units.length] ?? null;
  if (claim?.step.kind !== 'declaration' || claimed === null)
    return { claim, candidate: { ...candidate, units } };
  return {
    claim: { ...claim, step: { kind: 'declaration', words: encode([claimed]) } },
    candidate: { ...candidate, units },
  };
}

/** The list without one run of it: long runs first, from the end to the beginning, single elements last. */
export function* cuts<T>(list: readonly T[]): Generator<() => T[]> {
  for (let length = list.length; length >= 1; length = Math.floor(length / 2)) {
    for (let end = list.length; end > 0; end -= length) {
      yield () => [...list.slice(0, Math.max(0, end - length)), ...list.slice(end)];
    }
  }
}

/** A pass over subjects that lists all edits of one. */
export function passOf(name: string, edits: (subject: Subject) => Iterable<Edit<Subject>>): Pass<Subject> {
  return { name, edits: (subject, tried) => skip(edits(subject), tried) };
}

/** Drops units; what builds on them goes with them, because it is refused then. */
export const dropUnits = passOf('drop units', function* (subject) {
  for (const kept of cuts(subject.candidate.units)) yield () => withUnits(subject, kept());
});
