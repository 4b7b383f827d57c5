/** Ways to say declarations otherwise that a kernel should not mind, beyond names, order of units and sharing. */
import type { Declaration, Definition, ReducibilityHint } from '../../ir/declaration.js';
import { bvar, letIn } from '../../ir/expr.js';
import { KernelUnit } from '../../ir/unit/kernel-unit.js';
import type { Random } from '../../util/random.js';
import type { ReadUnit } from './dependence.js';
import type { Variant, VariantName } from './variant.js';

/** Each makes a variant, or undefined where it would change nothing. */
export function restatements(random: Random, read: readonly ReadUnit[]): (() => Variant | undefined)[] {
  return [
    () => changed('hints', read, (declaration) => withHints(random, declaration)),
    () => changed('larger', read, larger),
    () => blockOrder(random, read),
  ];
}

function changed(
  name: VariantName,
  read: readonly ReadUnit[],
  change: (declaration: Declaration) => Declaration,
): Variant | undefined {
  const units = read.map(({ unit }) => {
    const made = change(unit.declaration);
    return made === unit.declaration ? unit : KernelUnit.of(made, unit);
  });
  if (units.every((unit, index) => unit === read[index]?.unit)) return undefined;
  return { name, units, positions: read.map((_, index) => index) };
}

/** Other advice on what to unfold first. */
function withHints(random: Random, declaration: Declaration): Declaration {
  const hinted = (definition: Definition): Definition => {
    const hints: readonly ReducibilityHint[] = ['opaque', 'abbreviation', 1, 1000];
    return { ...definition, hint: random.pick(hints.filter((hint) => hint !== definition.hint)) };
  };
  if (declaration.kind === 'definition') return hinted(declaration);
  if (declaration.kind === 'mutual')
    return { ...declaration, definitions: declaration.definitions.map(hinted) };
  return declaration;
}

/** A value that is given a name before it is used. */
function larger(declaration: Declaration): Declaration {
  switch (declaration.kind) {
    case 'definition':
    case 'theorem':
    case 'opaque': {
      const { type, value } = declaration;
      return { ...declaration, value: letIn('v', type, value, bvar(0)) };
    }
    default:
      return declaration;
  }
}

/**
 * One block whose parts stand in another order, behind what it stands on. What builds on it is left out: recursors take
 * their arguments in the order of the block.
 */
function blockOrder(random: Random, read: readonly ReadUnit[]): Variant | undefined {
  const blocks = read.flatMap(({ unit }, index) => {
    const turned = reversed(unit.declaration);
    return turned === undefined ? [] : [{ index, turned }];
  });
  if (blocks.length === 0) return undefined;
  const { index, turned } = random.pick(blocks);
  const units = read.slice(0, index + 1).map(({ unit }) => unit);
  const last = units[index];
  if (last === undefined) return undefined;
  return {
    name: 'block order',
    units: [...units.slice(0, index), KernelUnit.of(turned, last)],
    positions: units.map((_, at) => at),
  };
}

/** The parts of a block from the last to the first; undefined for what has but one. */
function reversed(declaration: Declaration): Declaration | undefined {
  if (declaration.kind === 'mutual') {
    const { definitions } = declaration;
    return definitions.length < 2 ? undefined : { ...declaration, definitions: definitions.toReversed() };
  }
  if (declaration.kind !== 'inductive') return undefined;
  const { types } = declaration;
  if (types.length < 2 && types.every(({ constructors }) => constructors.length < 2)) return undefined;
  const turned = types.map((type) => ({ ...type, constructors: type.constructors.toReversed() }));
  return { ...declaration, types: turned.toReversed() };
}
