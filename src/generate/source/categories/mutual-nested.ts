import { selfOf } from '../block.js';
import { recursiveFunction } from './recursion.js';
import { say, type Tree } from '../../../ir/source/tree.js';
import { named, Nat } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';
import { constructorsFor, indexedConstructors, nest, parametersOf, wrappers } from './fields.js';
import { draftOf } from './poisoned-inductives.js';

/** Types and functions that mention each other, and types that occur inside others. */
export const mutualNested: readonly Kind[] = [
  { kind: 'mutual', weight: 3, make: mutualTypes },
  { kind: 'mutual-family', weight: 2, make: mutualFamilies },
  { kind: 'nested', weight: 3, make: nested },
  { kind: 'mutual-functions', weight: 2, make: mutualFunctions },
  { kind: 'fold', weight: 2, make: (context) => recursiveFunction(context, 'own') },
];

function mutualTypes(context: Context): Draft {
  const count = context.random.weighted([0, 0, 4, 1]);
  const types = Array.from({ length: count }, () => ({
    name: context.name('T'),
    parameters: [],
    indices: 0,
    sort: 'Type',
    constructors: [],
  }));
  const selves = types.map((type) => selfOf(type));
  return draftOf({
    types: types.map((type) => ({ ...type, constructors: constructorsFor(context, [], selves) })),
    universes: [],
    deriving: [],
  });
}

/** Two families over natural numbers, as even and odd are. */
function mutualFamilies(context: Context): Draft {
  const sort = context.random.pick(['Prop', 'Type']);
  const families = ['I', 'I'].map((prefix) => ({
    name: context.name(prefix),
    parameters: [],
    indices: 1,
    sort,
  }));
  return draftOf({
    types: families.map((family) => ({
      ...family,
      constructors: indexedConstructors(context, family, families),
    })),
    universes: [],
    deriving: [],
  });
}

/** A type inside Lean's own types or the candidate's, in each of its recursive fields. */
function nested(context: Context): Draft {
  const { random, scope } = context;
  const polymorphic = random.chance(0.4);
  const parameters = parametersOf(polymorphic ? ['Type u'] : []);
  const type = {
    name: context.name('T'),
    parameters,
    indices: 0,
    sort: polymorphic ? 'Type u' : 'Type',
    constructors: [],
  };
  const own = scope.own('type').filter((entry) => entry.parameters === 1 && entry.indices === 0);
  const self = selfOf(type);
  const inside = (): typeof self => {
    const once =
      own.length > 0 && random.chance(0.5)
        ? named(random.pick(own).name, self)
        : nest(random.pick(wrappers), self);
    return random.chance(0.25) ? nest(random.pick(wrappers), once) : once;
  };
  const constructors = [
    { name: 'c0', naturals: [], fields: random.chance(0.5) ? [] : [named('Nat')], indices: [] },
    {
      name: 'c1',
      naturals: [],
      fields: Array.from({ length: random.between(1, 2) }, inside),
      indices: [],
    },
  ];
  return draftOf({ types: [{ ...type, constructors }], universes: polymorphic ? ['u'] : [], deriving: [] });
}

/** Two functions on natural numbers that call each other. */
function mutualFunctions(context: Context): Draft | undefined {
  const { random, terms, size } = context;
  const [f, g] = [context.name('f'), context.name('f')];
  const result = random.pick([Nat, named('Bool'), terms.type(2)]);
  const call = (other: string): Tree | undefined =>
    terms.term(
      result,
      [
        { name: `(${other} n)`, type: result },
        { name: 'n', type: Nat },
      ],
      size >> 1,
    );
  const [base1, base2] = [terms.term(result, [], size >> 2), terms.term(result, [], size >> 2)];
  const [step1, step2] = [call(g), call(f)];
  if (base1 === undefined || base2 === undefined || step1 === undefined || step2 === undefined)
    return undefined;
  const value = (name: string): Draft['declares'][number] => ({
    role: 'value',
    name,
    variables: [],
    args: [Nat],
    result,
    constructor: false,
  });
  const line = (name: string, base: Tree, step: Tree): Tree =>
    say`def ${name} : Nat → ${result}\n  | 0 => ${base}\n  | n + 1 => ${step}`;
  const theorem = context.name('t');
  const about = random.chance(0.5)
    ? say`\ntheorem ${theorem} : ${f} 0 = ${base1} := ${random.pick(['rfl', `by simp [${f}]`, 'by decide', `by rw [${f}]`])}`
    : say``;
  return {
    tree: say`mutual\n${line(f, base1, step1)}\n${line(g, base2, step2)}\nend${about}`,
    declares: [value(f), value(g), ...nothingToUse(theorem)],
  };
}
