import { printType, type Type } from '../types.js';
import type { Context, Draft, UnitMaker } from '../unit-maker.js';
import type { Local } from '../terms.js';

/** `def f (x : A) : B := …`, now and then over a type variable. */
export const definition: UnitMaker = (context) => define(context, 'def', attributes(context));

/** `abbrev f … := …`: always unfolded. */
export const abbreviation: UnitMaker = (context) => define(context, 'abbrev', '');

/** `opaque o : A := …`: never unfolded. */
export const opaque: UnitMaker = (context) => {
  const { terms, size } = context;
  const type = terms.mention(terms.type(size >> 1));
  const value = terms.term(type, [], size);
  const name = context.name('o');
  const text = `opaque ${name} : ${printType(type)}${value === undefined ? '' : ` := ${value}`}`;
  return {
    text,
    declares: [{ role: 'value', name, variables: [], args: [], result: type, constructor: false }],
  };
};

function define(context: Context, keyword: string, attribute: string): Draft | undefined {
  const { random, terms, size } = context;
  const polymorphic = random.chance(0.25);
  const variables: Type[] = polymorphic ? [{ kind: 'variable', name: 'α' }] : [];
  const locals: Local[] = Array.from({ length: random.below(3) }, (_, i) => ({
    name: `a${i}`,
    type: terms.mention(terms.type(size >> 2, variables)),
  }));
  const result = terms.mention(terms.type(size >> 2, variables));
  const value = terms.term(result, locals, size);
  if (value === undefined) return undefined;
  const name = context.name('f');
  const binders = [
    ...(polymorphic ? ['{α : Type u}'] : []),
    ...locals.map(({ name: n, type }) => `(${n} : ${printType(type)})`),
  ];
  const universe = polymorphic ? '.{u}' : '';
  return {
    text: `${attribute}${keyword} ${name}${universe}${binders.map((binder) => ` ${binder}`).join('')} : ${printType(result)} := ${value}`,
    declares: [
      {
        role: 'value',
        name,
        variables: polymorphic ? ['α'] : [],
        args: locals.map((local) => local.type),
        result,
        constructor: false,
      },
    ],
  };
}

function attributes({ random }: Context): string {
  return random.chance(0.2)
    ? `@[${random.pick(['simp', 'inline', 'reducible', 'irreducible', 'specialize'])}] `
    : '';
}
