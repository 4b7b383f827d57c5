import { Bool } from '../../ir/core-constants.js';
import { declaredNames, type Constructor, type Inductive } from '../../ir/declaration.js';
import { constant, type Expr } from '../../ir/expr.js';
import { arrows } from '../../ir/hoas.js';
import { param } from '../../ir/level.js';
import { child } from '../../ir/name.js';
import { resultOf } from '../../ir/telescope.js';

/** Constructors that a type can be told from others by: of one with a truth value inside, or of two. */
const shapes: readonly ((self: Expr) => Readonly<Record<string, Expr>>)[] = [
  (self) => ({ of: arrows(Bool, self) }),
  (self) => ({ one: self, other: self }),
];

/**
 * Blocks of which only the sorts are those of a block of types, and all else is made plain: no parameters, no indices,
 * and nothing in it but truth values. In its own order and the other way round. For where the sorts of a block are what
 * a kernel gets wrong, and nothing can be made of the block itself.
 */
export function plainBlocks(block: Inductive): Inductive[] {
  const { types } = block;
  const orders = types.length === 1 ? [types] : [types, types.toReversed()];
  return orders.flatMap((ordered) =>
    shapes.map((shape): Inductive => {
      const plain = ordered.map(({ name, type }) => {
        const own = `plain.${name}`;
        const made = shape(constant(own, block.levelParams.map(param)));
        const constructors = Object.entries(made).map(([last, typeOf]): Constructor => ({
          name: child(own, last),
          type: typeOf,
        }));
        return { name: own, type: resultOf(type), constructors };
      });
      return { ...block, parameters: 0, types: plain };
    }),
  );
}

/** Whether a block declares one of some names. */
export function declaresOneOf(block: Inductive, names: ReadonlySet<string>): boolean {
  return declaredNames(block).some((name) => names.has(name));
}
