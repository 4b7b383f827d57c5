import { instantiateAll } from '../../ir/expr-ops.js';
import type { Expr } from '../../ir/expr.js';
import type { Name } from '../../ir/name.js';
import { IllTyped } from '../failure.js';
import { whnf } from '../reduce.js';
import { openPis, type Opened } from '../telescope.js';
import type { Typing } from '../typing.js';
import type { BlockHead } from './block.js';
import { mentions, occurrenceOf } from './occurrences.js';
import { domainsOf } from '../../ir/telescope.js';

/** A field may mention the block only as what its arrows end in. */
export function checkPositive(t: Typing, block: BlockHead, type: Expr, constructor: Name): void {
  if (!mentions(type, block.names)) return;
  let rest = type;
  let locals: Expr[] = [];
  for (;;) {
    if (rest.kind !== 'pi') {
      rest = whnf(t, instantiateAll(rest, locals));
      locals = [];
      if (!mentions(rest, block.names)) return;
    }
    if (rest.kind !== 'pi') {
      if (occurrenceOf(block, rest) !== undefined) return;
      throw new IllTyped('a non valid occurrence', constructor);
    }
    // The domain is not reduced: what it erases counts.
    if (mentions(rest.type, block.names)) throw new IllTyped('a non positive occurrence', constructor);
    locals.push(t.bind(instantiateAll(rest.type, locals)));
    rest = rest.body;
  }
}

/** Where a field takes values of the block. */
export interface RecursiveField {
  readonly field: Opened;
  /** The type of the block. */
  readonly name: Name;
  /** Arguments of the field, where it is a function. */
  readonly binders: readonly Opened[];
  readonly indices: readonly Expr[];
}

/** The fields that take values of the block, their types reduced so that hidden arrows appear. */
export function recursiveFields(t: Typing, block: BlockHead, fields: readonly Opened[]): RecursiveField[] {
  return fields.flatMap((field) => {
    if (!mentions(field.type, block.names)) return [];
    const { locals: binders, rest } = openPis(t, field.type);
    const found = occurrenceOf(block, whnf(t, rest));
    return found === undefined ? [] : { field, binders, ...found };
  });
}

/** Whether a constructor of the block takes values of it, as its binders are written; and whether functions into it. */
export function recursionOf(declaration: {
  readonly types: readonly {
    readonly name: Name;
    readonly constructors: readonly { readonly type: Expr }[];
  }[];
}): { recursive: boolean; reflexive: boolean } {
  const names = new Set(declaration.types.map((type) => type.name));
  const result = { recursive: false, reflexive: false };
  for (const type of declaration.types) {
    for (const constructor of type.constructors) {
      for (const field of domainsOf(constructor.type)) {
        if (!mentions(field, names)) continue;
        result.recursive = true;
        if (field.kind === 'pi') result.reflexive = true;
      }
    }
  }
  return result;
}
