import type { Block, Constructor, InductiveType } from '../../ir/source/block.js';
import type { Entry } from '../../ir/source/entry.js';
import { join, say, type Sayable, type Tree } from '../../ir/source/tree.js';
import { named, variable, type Type } from '../../ir/source/types.js';

/** The type, applied to its own parameters and to the indices. */
export function selfOf({ name, parameters }: InductiveType, indices: readonly Type[] = []): Type {
  return named(name, ...parameters.map((parameter) => variable(parameter.name)), ...indices);
}

/** The block as Lean text. */
export function sayBlock(block: Block): Tree {
  const blocks = block.types.map((type) => sayType(block, type));
  const [only] = blocks;
  const text = blocks.length === 1 && only !== undefined ? only : say`mutual\n${join(blocks, '\n')}\nend`;
  // Deriving handlers build on what the candidate's options leave out.
  return block.deriving.length > 0 ? say`set_option genCtorIdx true in\n${text}` : text;
}

function sayType({ universes, deriving }: Block, type: InductiveType): Tree {
  const levels = universes.length > 0 ? `.{${universes.join(', ')}}` : '';
  const parameters = type.parameters.map(({ name, sort }) => ` (${name} : ${sort})`).join('');
  const constructors = type.constructors.map((constructor) => {
    const naturals = constructor.naturals.length > 0 ? ` {${constructor.naturals.join(' ')} : Nat}` : '';
    const result = selfOf(type, constructor.indices);
    return say`\n  | ${constructor.name}${naturals} : ${join([...constructor.fields, result], ' → ')}`;
  });
  const classes: Sayable = deriving.length > 0 ? `\n  deriving ${deriving.join(', ')}` : '';
  return say`inductive ${type.name}${levels}${parameters} : ${'Nat → '.repeat(type.indices)}${type.sort} where${join(constructors, '')}${classes}`;
}

/** Entries that the block brings into scope. */
export function entriesOfBlock({ types }: Block): Entry[] {
  return types.flatMap((type) => [
    formerOf(type),
    ...type.constructors.map((of) => constructorEntry(type, of)),
  ]);
}

function formerOf(type: InductiveType): Entry {
  const inhabited = type.indices === 0 && type.constructors.some(({ fields }) => fields.length === 0);
  // Propositions are no types to compute with, and a type of a higher universe does not fit where `type` puts it.
  if (type.sort === 'Prop' || /^Type (1|\(.*1\))$/.test(type.sort))
    return { role: 'proof', name: type.name, statement: '' };
  return {
    role: 'type',
    name: type.name,
    parameters: type.parameters.length,
    indices: type.indices,
    inhabited,
  };
}

function constructorEntry(type: InductiveType, constructor: Constructor): Entry {
  return {
    role: 'value',
    name: `${type.name}.${constructor.name}`,
    variables: [...type.parameters.map(({ name }) => name), ...constructor.naturals],
    args: constructor.fields,
    result: selfOf(type, constructor.indices),
    constructor: true,
  };
}
