import { entriesOfBlock, sayBlock, selfOf } from '../block.js';
import type { Block } from '../../../ir/source/block.js';
import type { Entry, EntryOf } from '../../../ir/source/entry.js';
import { join, ref, say, type Tree } from '../../../ir/source/tree.js';
import { headsOf, named, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';
import { constructorsFor, indexedConstructors, parametersOf } from './fields.js';

/** Inductive types at the edge of what may be declared, and what Lean derives from them. */
export const poisonedInductives: readonly Kind[] = [
  { kind: 'inductive', weight: 5, make: inductive },
  { kind: 'indexed', weight: 3, make: indexed },
  { kind: 'predicate', weight: 1.5, make: predicate },
  { kind: 'structure', weight: 2, make: (context) => structure(context) },
  { kind: 'extends', weight: 1.5, make: extending },
  { kind: 'derived', weight: 1.5, make: derived },
  { kind: 'constructors', weight: 2, make: aboutConstructors },
];

/** The draft of a block of inductive types. */
export function draftOf(block: Block): Draft {
  return { tree: sayBlock(block), declares: entriesOfBlock(block), block };
}

/** How often a recursive field of a plain inductive type is in a negative place: this kind is there to ask for it. */
const negativeShare = 0.2;

function inductive(context: Context): Draft {
  const parameters = parametersOf(Array.from({ length: context.random.weighted([5, 3, 1]) }, () => 'Type u'));
  const type = {
    name: context.name('T'),
    parameters,
    indices: 0,
    sort: parameters.length > 0 ? 'Type u' : 'Type',
    constructors: [],
  };
  const constructors = constructorsFor(context, parameters, [selfOf(type)], 0.55, negativeShare);
  return draftOf({
    types: [{ ...type, constructors }],
    universes: parameters.length > 0 ? ['u'] : [],
    deriving: [],
  });
}

function indexed(context: Context): Draft {
  const parameters = parametersOf(context.random.chance(0.4) ? ['Type'] : []);
  const family = { name: context.name('I'), parameters, indices: 1, sort: 'Type' };
  return draftOf({
    types: [{ ...family, constructors: indexedConstructors(context, family) }],
    universes: [],
    deriving: [],
  });
}

/** In Prop: what may be eliminated into data and what not is the kernel's to decide. */
function predicate(context: Context): Draft {
  const { random } = context;
  const family = { name: context.name('P'), parameters: [], indices: random.below(2), sort: 'Prop' };
  const constructors =
    family.indices === 1
      ? indexedConstructors(context, family)
      : constructorsFor(context, [], [named(family.name)]);
  return draftOf({ types: [{ ...family, constructors }], universes: [], deriving: [] });
}

/** Field names must differ from those of a structure that is extended, so they carry a tag. */
function structure(context: Context, parent?: EntryOf<'value'>): Draft {
  const { random, terms, size } = context;
  const name = context.name('S');
  const parameters = parent === undefined && random.chance(0.4) ? parametersOf(['Type u']) : [];
  const variables = parameters.map((parameter): Type => ({ kind: 'variable', name: parameter.name }));
  const self = named(name, ...variables);
  const tag = name.slice(1);
  const fields = Array.from({ length: random.between(1, 3) }, (_, i) => ({
    name: `p${tag}_${i}`,
    type: terms.type(size >> 2, variables),
  }));
  const binder = parameters.length > 0 ? '.{u} (α : Type u)' : '';
  const extension: Tree = parent === undefined ? say`` : say` extends ${parent.result}`;
  const lines = fields.map((field) => say`\n  ${field.name} : ${field.type}`);
  const names = parameters.map((parameter) => parameter.name);
  const make: Entry = {
    role: 'value',
    name: `${name}.mk`,
    variables: names,
    args: [...(parent === undefined ? [] : [parent.result]), ...fields.map((field) => field.type)],
    result: self,
    constructor: true,
  };
  const projections = fields.map((field): Entry => ({
    role: 'value',
    name: `${name}.${field.name}`,
    variables: names,
    args: [self],
    result: field.type,
    constructor: false,
  }));
  return {
    tree: say`structure ${name}${binder}${extension} where${join(lines, '')}`,
    declares: [
      { role: 'type', name, parameters: names.length, indices: 0, inhabited: false },
      make,
      ...projections,
    ],
  };
}

/** A structure that extends one of the candidate's. */
function extending(context: Context): Draft | undefined {
  const parents = context.scope
    .own('value')
    .filter((entry) => entry.constructor && entry.name.endsWith('.mk') && entry.variables.length === 0);
  return parents.length === 0 ? undefined : structure(context, context.random.pick(parents));
}

const derivable = ['DecidableEq', 'Repr', 'BEq', 'Inhabited', 'Hashable', 'Ord', 'Nonempty', 'ReflBEq'];

/** An enumeration, or a type with few fields of plain types: what deriving handlers can do. */
function derived(context: Context): Draft {
  const { random } = context;
  const name = context.name('T');
  const self = named(name);
  const constructors = Array.from({ length: random.between(1, 4) }, (_, i) => ({
    name: `c${i}`,
    naturals: [],
    fields: Array.from({ length: i === 0 ? 0 : random.below(3) }, () =>
      random.pick([named('Nat'), named('Bool'), named('String'), self]),
    ),
    indices: [],
  }));
  const first = random.pick(derivable.slice(0, 6));
  const deriving = random.chance(0.4) ? [...new Set([first, 'BEq', random.pick(derivable)])] : [first];
  return draftOf({
    types: [{ name, parameters: [], indices: 0, sort: 'Type', constructors }],
    universes: [],
    deriving: deriving.filter((of) => of !== 'ReflBEq' || deriving.includes('BEq')),
  });
}

/** A theorem about a type's constructors: they are injective, or differ from each other. */
function aboutConstructors(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const own = scope
    .own('value')
    .filter(({ constructor, variables }) => constructor && variables.length === 0);
  if (own.length === 0) return undefined;
  const entry = random.pick(own);
  const name = context.name('t');
  const siblings = own.filter(
    (other) => other !== entry && headsOf(other.result)[0] === headsOf(entry.result)[0],
  );
  const values = entry.args.map((arg) => terms.term(arg, [], size >> 1));
  if (siblings.length > 0 && !values.includes(undefined) && random.chance(0.5)) {
    const other = random.pick(siblings);
    const others = other.args.map((arg) => terms.term(arg, [], size >> 1) ?? say`default`);
    const left = join([ref(entry.name), ...values.map((value) => value ?? '')], ' ');
    const right = join([ref(other.name), ...others], ' ');
    const proof = random.pick([
      'by intro h; cases h',
      'nofun',
      'by simp',
      'by nofun',
      'by intro h; contradiction',
    ]);
    return {
      tree: say`theorem ${name} : (${left} : ${entry.result}) ≠ ${right} := ${proof}`,
      declares: nothingToUse(name),
    };
  }
  if (entry.args.length === 0) return undefined;
  const xs = entry.args.map((type, i) => ({ x: `a${i}`, y: `b${i}`, type }));
  const binder = join(
    xs.map(({ x, y, type }) => say`(${x} ${y} : ${type})`),
    ' ',
  );
  const [first] = xs;
  const proof = random.pick([
    'by cases h; rfl',
    'by injection h',
    'by injections',
    'by simp_all',
    'by grind',
  ]);
  return {
    tree: say`theorem ${name} ${binder} (h : ${ref(entry.name)} ${xs.map(({ x }) => x).join(' ')} = ${entry.name} ${xs
      .map(({ y }) => y)
      .join(' ')}) : ${first?.x ?? ''} = ${first?.y ?? ''} := ${proof}`,
    declares: nothingToUse(name),
  };
}
