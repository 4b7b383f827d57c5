import { selfOf } from '../../source/block.js';
import type { Block, Constructor, InductiveType } from '../../../ir/source/block.js';
import { nest, wrappers } from '../../source/categories/fields.js';
import { contentOf } from '../../source/unit-of.js';
import { leanTextOf } from '../../../ir/unit/unit.js';
import { arrow, named, type Type } from '../../../ir/source/types.js';
import type { Random } from '../../../util/random.js';
import type { SourceMutator } from '../mutator.js';
import { pickUnit, withBlock, withTree } from './positions.js';

/** One field of one constructor made another, in a block of inductive types. */
function fieldMutator(
  name: string,
  weight: number,
  change: (random: Random, field: Type, self: Type) => Type | undefined,
): SourceMutator {
  return {
    name,
    weight,
    mutate: (parent, { random }) => {
      const index = pickUnit(random, parent, (unit) => contentOf(unit).block !== undefined);
      if (index === undefined) return undefined;
      return withBlock(parent, index, (block) =>
        withField(random, block, (field, self) => change(random, field, self)),
      );
    },
  };
}

function withField(
  random: Random,
  block: Block,
  change: (field: Type, self: Type) => Type | undefined,
): Block | undefined {
  const type = random.pick(block.types);
  if (type.constructors.length === 0) return undefined;
  const constructor = random.pick(type.constructors);
  const indices = constructor.indices;
  const self = selfOf(random.pick(block.types.filter((other) => other.indices === type.indices)), indices);
  if (constructor.fields.length === 0) return undefined;
  const at = random.below(constructor.fields.length);
  const field = constructor.fields[at];
  const changed = field === undefined ? undefined : change(field, self);
  if (changed === undefined) return undefined;
  return replaced(block, type, constructor, { ...constructor, fields: constructor.fields.with(at, changed) });
}

function replaced(block: Block, type: InductiveType, before: Constructor, after: Constructor): Block {
  const constructors = type.constructors.map((of) => (of === before ? after : of));
  return { ...block, types: block.types.map((of) => (of === type ? { ...type, constructors } : of)) };
}

/** Occurrences of the type itself on either side of arrows, where only some places are allowed. */
export const positivity = fieldMutator('positivity', 1, (random, field, self) =>
  random.pick<Type>([
    arrow(self, field),
    arrow(self, named('False')),
    arrow(arrow(self, named('False')), field),
    arrow(arrow(field, self), self),
    arrow(field, self),
    ...(field.kind === 'arrow' ? [arrow(field.to, field.from), field.to] : []),
  ]),
);

/** A field inside another type former. */
export const nesting = fieldMutator('nesting', 2, (random, field, self) =>
  nest(random.pick(wrappers), random.chance(0.5) ? field : self),
);

/** A sort or a level made another one, in an inductive type or in the text of any unit. */
export const universe: SourceMutator = {
  name: 'universe',
  weight: 1.5,
  mutate: (parent, { random }) => {
    const index = pickUnit(random, parent, (unit) =>
      /\b(Type|Sort|Prop)\b|\.\{/.test(leanTextOf(unit) ?? ''),
    );
    if (index === undefined) return undefined;
    const block = parent[index] === undefined ? undefined : contentOf(parent[index]).block;
    if (block !== undefined) return withBlock(parent, index, (of) => otherSort(random, of));
    return withTree(parent, index, (tree) => {
      const at = random.below(tree.parts.length);
      const part = tree.parts[at];
      if (typeof part !== 'string') return undefined;
      const changed = part.replace(/\b(Type|Sort|Prop)\b( [uvw0-9]\b| \([^()]*\))?/, () =>
        random.pick(sorts),
      );
      return { ...tree, parts: tree.parts.with(at, changed) };
    });
  },
};

const sorts = [
  'Prop',
  'Type',
  'Type 1',
  'Sort 0',
  'Sort 1',
  'Sort 2',
  'Sort (imax 1 0)',
  'Sort (max 1 0)',
  'Type 0',
];
const levels = [
  'Type u',
  'Type (u + 1)',
  'Sort u',
  'Sort (u + 1)',
  'Sort (max 1 u)',
  'Sort (imax 1 u)',
  'Sort (imax u 1)',
];

function otherSort(random: Random, block: Block): Block {
  const type = random.pick(block.types);
  const choices = block.universes.length > 0 ? [...levels, ...sorts] : sorts;
  const parameter =
    type.parameters.length > 0 && random.chance(0.4) ? random.below(type.parameters.length) : -1;
  const changed: InductiveType =
    parameter < 0
      ? { ...type, sort: random.pick(choices) }
      : {
          ...type,
          parameters: type.parameters.map((of, i) =>
            i === parameter ? { ...of, sort: random.pick(choices) } : of,
          ),
        };
  return { ...block, types: block.types.map((of) => (of === type ? changed : of)) };
}
