/** What kernels derive of an inductive declaration, as files and comparisons speak of it. */
import type { Inductive } from '../ir/declaration.js';
import type { Expr } from '../ir/expr.js';
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

/** How many types it would have besides its own, were each nested occurrence written out as one. */
export function nestedCount(recursors: readonly Constant[], declaration: Inductive): number {
  return Math.max(0, recursors.length - declaration.types.length);
}

/** Whether a field is a function into a type of the block. */
export function isReflexive(declaration: Inductive): boolean {
  const names = new Set(declaration.types.map((type) => type.name));
  const endsInBlock = (type: Expr): boolean => {
    let rest = type;
    while (rest.kind === 'pi') rest = rest.body;
    while (rest.kind === 'app') rest = rest.fn;
    return rest.kind === 'const' && names.has(rest.name);
  };
  const hasFunctionField = (type: Expr): boolean => {
    for (let rest = type; rest.kind === 'pi'; rest = rest.body)
      if (rest.type.kind === 'pi' && endsInBlock(rest.type)) return true;
    return false;
  };
  return declaration.types.some((type) => type.constructors.some((c) => hasFunctionField(c.type)));
}
