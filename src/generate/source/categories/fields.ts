import { selfOf } from '../block.js';
import type { Constructor, InductiveType, Parameter } from '../../../ir/source/block.js';
import { arrow, named, natural, variable, type Type } from '../../../ir/source/types.js';
import type { Context } from '../unit-maker.js';

/** How often a field that mentions its own type does so in a negative position, where Lean has to refuse it. */
const fewNegative = 0.03;

/** A field that mentions the type itself: directly, nested, behind an arrow, and now and then where it must not be. */
function recursiveField({ random, terms }: Context, self: Type, negativeShare = fewNegative): Type {
  if (random.chance(negativeShare))
    return arrow(self, random.pick([named('False'), named('Empty'), named('Bool'), self]));
  switch (random.weighted([5, 3, 2])) {
    case 0:
      return self;
    case 1:
      return nest(random.pick(wrappers), self);
    default:
      return arrow(terms.type(1), self);
  }
}

/** Type formers of Lean's core that a recursive occurrence may be nested in. */
export const wrappers = ['List', 'Option', 'Array', 'Prod', 'ULift.{0}', 'Thunk'] as const;

/** A type inside a wrapper. */
export function nest(wrapper: (typeof wrappers)[number], inner: Type): Type {
  return wrapper === 'Prod' ? named('Prod', inner, named('Bool')) : named(wrapper, inner);
}

/** `α`, `β` with the sorts given. */
export function parametersOf(sorts: readonly string[]): Parameter[] {
  return sorts.map((sort, i) => ({ name: ['α', 'β', 'γ'][i] ?? `α${i}`, sort }));
}

function variablesOf(parameters: readonly Parameter[]): Type[] {
  return parameters.map(({ name }) => variable(name));
}

/** One to three constructors; the first is mostly a base case, or few types would have a value. */
export function constructorsFor(
  context: Context,
  parameters: readonly Parameter[],
  recursive: readonly Type[],
  recursiveShare = 0.45,
  negativeShare = fewNegative,
): Constructor[] {
  const { random, terms, size } = context;
  const count = random.between(1, 3);
  return Array.from({ length: count }, (_, i) => ({
    name: `c${i}`,
    naturals: [],
    fields: Array.from(
      { length: i === 0 && count > 1 && random.chance(0.6) ? 0 : random.between(1, 2) },
      () =>
        random.chance(recursiveShare)
          ? recursiveField(context, random.pick(recursive), negativeShare)
          : terms.type(size >> 2, variablesOf(parameters)),
    ),
    indices: [],
  }));
}

/** Constructors of a family indexed by natural numbers: each makes one index out of those of its premises. */
export function indexedConstructors(
  context: Context,
  family: Omit<InductiveType, 'constructors'>,
  premises: readonly Omit<InductiveType, 'constructors'>[] = [family],
): Constructor[] {
  const { random, terms } = context;
  const n = variable('n');
  return Array.from({ length: random.between(1, 3) }, (_, i) => {
    const stepped = i > 0 || random.chance(0.3);
    const fields = random.chance(0.4) ? [terms.type(2, variablesOf(family.parameters))] : [];
    const made = stepped
      ? random.pick([n, named('Nat.succ', n), named('Nat.succ', n)])
      : natural(random.below(2));
    if (!stepped) return { name: `c${i}`, naturals: [], fields, indices: [made] };
    const premise = selfOf({ ...random.pick(premises), constructors: [] }, [
      random.pick([n, n, named('Nat.succ', n)]),
    ]);
    return { name: `c${i}`, naturals: ['n'], fields: [...fields, premise], indices: [made] };
  });
}
