import type { SourceMutator } from '../mutator.js';
import { attribute, breaker, instanceSwap } from './declarations.js';
import { nesting, positivity, universe } from './inductives.js';
import { random, recursive, rules, shrink, spliceTerm } from './terms.js';

/** Mutators that look into units; those that look at whole units only are in unit-mutators.ts. */
export const sourceMutators: readonly SourceMutator[] = [
  random,
  rules,
  recursive,
  spliceTerm,
  shrink,
  universe,
  positivity,
  nesting,
  instanceSwap,
  attribute,
  breaker,
];
