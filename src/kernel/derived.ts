/** Constants that kernels derive from an inductive declaration, as exports and comparisons need them. */
import type { Inductive } from '../ir/declaration.js';
import { child } from '../ir/name.js';
import type { Constant, Environment } from './environment.js';

/** The recursors of its types, then those of its nested occurrences, which are called after the first type. */
export function recursorsIn(environment: Environment | undefined, declaration: Inductive): Constant[] {
  const own = declaration.types.flatMap(({ name }) => environment?.find(child(name, 'rec')) ?? []);
  const nested: Constant[] = [];
  const first = declaration.types[0]?.name ?? '';
  for (;;) {
    const next = environment?.find(child(first, `rec_${nested.length + 1}`));
    if (next === undefined) return [...own, ...nested];
    nested.push(next);
  }
}
