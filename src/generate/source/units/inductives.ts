import type { Entry } from '../scope.js';
import { arrow, named, printType, variable, type Type } from '../types.js';
import type { Context, UnitMaker } from '../unit-maker.js';

interface Constructor {
  name: string;
  fields: Type[];
}

/** A plain inductive type with up to two parameters. */
export const inductive: UnitMaker = (context) => {
  const name = context.name('T');
  const parameters = parameterList(context);
  const self = named(name, ...parameters);
  const constructors = constructorsOf(context, parameters, [self]);
  return {
    text: `inductive ${name}${universe(parameters)}${binders(parameters)} : ${sortOf(parameters)}\n${listConstructors(constructors, printType(self))}`,
    declares: declared(name, parameters, constructors, self),
  };
};

/** A predicate or family with a natural number as its index. */
export const indexedInductive: UnitMaker = (context) => {
  const { random, terms } = context;
  const name = context.name('I');
  const sort = random.pick(['Prop', 'Type']);
  const lines = Array.from({ length: random.between(1, 3) }, (_, i) => {
    const index = random.pick(['0', '1', 'n', '(n + 1)', '(Nat.succ n)']);
    const premise = random.chance(0.5) ? `${name} n → ` : '';
    const field = random.chance(0.3) ? `${printType(terms.mention(terms.type(2)), true)} → ` : '';
    return `  | c${i} (n : Nat) : ${field}${premise}${name} ${index}`;
  });
  return { text: `inductive ${name} : Nat → ${sort}\n${lines.join('\n')}`, declares: [] };
};

/** Two inductive types that mention each other. */
export const mutualInductives: UnitMaker = (context) => {
  const names = [context.name('T'), context.name('T')];
  const selves = names.map((name) => named(name));
  const blocks = names.map((name, i) => {
    const self = selves[i] ?? named(name);
    const constructors = constructorsOf(context, [], selves);
    return {
      name,
      self,
      constructors,
      text: `inductive ${name} : Type\n${listConstructors(constructors, name)}`,
    };
  });
  return {
    text: `mutual\n${blocks.map((block) => block.text).join('\n')}\nend`,
    declares: blocks.flatMap((block) => declared(block.name, [], block.constructors, block.self)),
  };
};

/** `structure S (α : Type u) where …`, now and then as an extension of nothing but its fields. */
export const structure: UnitMaker = (context) => {
  const { random, terms, size } = context;
  const name = context.name('S');
  const parameters = parameterList(context);
  const self = named(name, ...parameters);
  const fields = Array.from({ length: random.between(1, 3) }, () =>
    terms.mention(terms.type(size >> 2, parameters)),
  );
  const deriving = random.chance(0.1) ? '\n  deriving Repr' : '';
  const text = [
    `structure ${name}${universe(parameters)}${binders(parameters)} where`,
    ...fields.map((field, i) => `  p${i} : ${printType(field)}`),
  ].join('\n');
  const variables = parameters.map((parameter) => printType(parameter));
  const projections = fields.map((result, i): Entry => ({
    role: 'value',
    name: `${name}.p${i}`,
    variables,
    args: [self],
    result,
    constructor: false,
  }));
  return {
    text: text + deriving,
    declares: [...declared(name, parameters, [{ name: 'mk', fields }], self), ...projections],
  };
};

function parameterList({ random }: Context): Type[] {
  return ['α', 'β'].slice(0, random.weighted([5, 3, 1])).map(variable);
}

function constructorsOf(
  context: Context,
  parameters: readonly Type[],
  recursive: readonly Type[],
): Constructor[] {
  const { random, terms, size } = context;
  const count = 1 + random.weighted([4, 3, 2]);
  return Array.from({ length: count }, (_, i) => ({
    name: `c${i}`,
    // The first of several constructors is mostly a base case, or few types would have a value.
    fields: Array.from(
      { length: i === 0 && count > 1 && random.chance(0.6) ? 0 : random.between(1, 2) },
      () =>
        random.chance(0.45)
          ? recursiveField(context, random.pick(recursive))
          : terms.mention(terms.type(size >> 2, parameters)),
    ),
  }));
}

/** A field that mentions the type itself: directly, nested, behind an arrow, and sometimes where it must not be. */
function recursiveField({ random, terms }: Context, self: Type): Type {
  switch (random.weighted([4, 2, 2, 2])) {
    case 0:
      return self;
    case 1:
      return named(random.pick(['List', 'Option']), self);
    case 2:
      return arrow(terms.mention(terms.type(1)), self);
    default:
      return arrow(
        self,
        random.pick([named('False'), named('False'), named('False'), named('Empty'), named('Bool'), self]),
      );
  }
}

function declared(
  name: string,
  parameters: readonly Type[],
  constructors: readonly Constructor[],
  self: Type,
): Entry[] {
  const variables = parameters.map((parameter) => printType(parameter));
  return [
    {
      role: 'type',
      name,
      parameters: parameters.length,
      inhabited: constructors.some((c) => c.fields.length === 0),
    },
    ...constructors.map((constructor): Entry => ({
      role: 'value',
      name: `${name}.${constructor.name}`,
      variables,
      args: constructor.fields,
      result: self,
      constructor: true,
    })),
  ];
}

function listConstructors(constructors: readonly Constructor[], self: string): string {
  return constructors
    .map(
      ({ name, fields }) => `  | ${name} : ${[...fields.map((field) => fieldText(field)), self].join(' → ')}`,
    )
    .join('\n');
}

function fieldText(field: Type): string {
  return field.kind === 'arrow' ? `(${printType(field)})` : printType(field);
}

function binders(parameters: readonly Type[]): string {
  return parameters.map((parameter) => ` (${printType(parameter)} : Type u)`).join('');
}
function universe(parameters: readonly Type[]): string {
  return parameters.length > 0 ? '.{u}' : '';
}
function sortOf(parameters: readonly Type[]): string {
  return parameters.length > 0 ? 'Type u' : 'Type';
}
