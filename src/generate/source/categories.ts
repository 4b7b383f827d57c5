import type { Unit } from '../../api/candidate.js';
import { definitionalEquality } from './categories/definitional-equality.js';
import { elaboratorAbuse } from './categories/elaborator-abuse.js';
import { externalCode } from './categories/external-code.js';
import { mutualNested } from './categories/mutual-nested.js';
import { ordinary } from './categories/ordinary.js';
import { poisonedInductives } from './categories/poisoned-inductives.js';
import { quotientSmuggling } from './categories/quotient-smuggling.js';
import { specificationExecution } from './categories/specification-execution.js';
import { typeclassPoisoning } from './categories/typeclass-poisoning.js';
import { universeLevels } from './categories/universe-levels.js';
import type { Kind } from './unit-maker.js';

/** A way to attack: kinds of units that poke at the same part of Lean. */
export interface Category {
  readonly name: string;
  readonly weight: number;
  readonly kinds: readonly Kind[];
}

/** Ordinary declarations, which the attacks build on, and the nine attack categories. */
export const categories: readonly Category[] = [
  { name: 'ordinary', weight: 4, kinds: ordinary },
  { name: 'poisoned-inductives', weight: 3, kinds: poisonedInductives },
  { name: 'universe-levels', weight: 2, kinds: universeLevels },
  { name: 'typeclass-poisoning', weight: 2, kinds: typeclassPoisoning },
  { name: 'mutual-nested', weight: 2, kinds: mutualNested },
  { name: 'definitional-equality', weight: 3, kinds: definitionalEquality },
  { name: 'elaborator-abuse', weight: 2, kinds: elaboratorAbuse },
  { name: 'quotient-smuggling', weight: 2, kinds: quotientSmuggling },
  { name: 'external-code', weight: 2, kinds: externalCode },
  { name: 'specification-execution', weight: 1.5, kinds: specificationExecution },
];

/** Inductive types with something to them, to build the rest of a candidate on. */
export const foundations: readonly Kind[] = [
  ...poisonedInductives,
  ...universeLevels,
  ...mutualNested,
].filter(({ kind }) => ['inductive', 'indexed', 'mutual', 'nested', 'polymorphic', 'derived'].includes(kind));

const categoryOf = new Map(categories.flatMap(({ name, kinds }) => kinds.map(({ kind }) => [kind, name])));

/** The categories of units, each once, in the order of their appearance. */
export function categoriesOf(units: readonly Unit[]): string[] {
  return [...new Set(units.flatMap(({ kind }) => categoryOf.get(kind) ?? []))];
}
