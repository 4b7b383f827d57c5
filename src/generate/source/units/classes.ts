import { named, printType, type Type } from '../types.js';
import type { UnitMaker } from '../unit-maker.js';

/** A class with one operation. */
export const typeClass: UnitMaker = (context) => {
  const name = context.name('C');
  const operation = `${name}.op`;
  return {
    text: `class ${name} (α : Type u) where\n  op : α → α`,
    declares: [{ role: 'class', name, operation }],
  };
};

/** An instance of a class of the candidate, for a type of the candidate. */
export const instance: UnitMaker = (context) => {
  const { random, scope, terms, size } = context;
  const classes = scope.all('class');
  if (classes.length === 0) return undefined;
  const { name: className } = random.pick(classes);
  const type = terms.mention(terms.type(2));
  const body = terms.term(type, [{ name: 'x', type }], size);
  if (body === undefined) return undefined;
  scope.use(className);
  return {
    text: `instance ${context.name('i')} : ${className} ${printType(type, true)} := ⟨fun x => ${body}⟩`,
    declares: [],
  };
};

/** An instance under an instance, as resolution chains them. */
export const conditionalInstance: UnitMaker = (context) => {
  const { random, scope } = context;
  const classes = scope.all('class');
  const wrappers = scope.all('type').filter((entry) => entry.parameters === 1);
  if (classes.length === 0 || wrappers.length === 0) return undefined;
  const { name: className } = random.pick(classes);
  const wrapper = random.pick(wrappers);
  const wrapped: Type = named(wrapper.name, { kind: 'variable', name: 'α' });
  scope.use(className);
  scope.use(wrapper.name);
  return {
    text: `instance ${context.name('i')} [${className} α] : ${className} ${printType(wrapped, true)} := ⟨fun x => x⟩`,
    declares: [],
  };
};
