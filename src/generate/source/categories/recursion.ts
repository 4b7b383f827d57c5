import type { EntryOf } from '../../../ir/source/entry.js';
import { binding, join, say, textOf, usesOf, type Local, type Tree } from '../../../ir/source/tree.js';
import { Bool, named, Nat, sameType, type Type } from '../../../ir/source/types.js';
import type { Context, Draft } from '../unit-maker.js';

/**
 * A function by pattern matching and structural recursion, over a type of the candidate where there is one that fits
 * (`own`), or over any. Its equations come into scope as well.
 */
export function recursiveFunction(context: Context, over: 'own' | 'any'): Draft | undefined {
  const { random, scope, terms, size } = context;
  const own = scope.own('type').filter(({ parameters, indices }) => parameters === 0 && indices === 0);
  const domain =
    own.length > 0 && (over === 'own' || random.chance(0.6))
      ? named(random.pick(own).name)
      : random.pick([Nat, Bool, named('List', Nat), named('Option', Bool)]);
  const constructors = terms.splittable(domain);
  if (constructors === undefined) return undefined;
  const name = context.name('f');
  const result = terms.type(size >> 2);
  const extra: Local[] = random.chance(0.4) ? [{ name: 'k', type: terms.type(2) }] : [];
  const recursive = random.chance(0.8);
  const arms: Arm[] = [];
  for (const constructor of constructors) {
    const arm = armFor(context, { name, domain, result, extra, recursive }, constructor, constructors.length);
    if (arm === undefined) return undefined;
    arms.push(arm);
  }
  const args = [domain, ...extra.map(({ type }) => type)];
  const keyword = random.chance(0.4) ? 'noncomputable def' : 'def';
  return {
    tree: say`${keyword} ${name} : ${join([...args, result], ' → ')}${join(
      arms.map(({ tree }) => tree),
      '',
    )}`,
    declares: [
      { role: 'value', name, variables: [], args, result, constructor: false },
      ...arms.map((arm) => equationOf(name, extra, arm)),
    ],
  };
}

interface Function {
  name: string;
  domain: Type;
  result: Type;
  extra: readonly Local[];
  recursive: boolean;
}

interface Arm {
  tree: Tree;
  pattern: Tree;
  fields: readonly Local[];
  body: Tree;
}

function armFor(
  { terms, size }: Context,
  { name, domain, result, extra, recursive }: Function,
  constructor: EntryOf<'value'>,
  arms: number,
): Arm | undefined {
  const { pattern, fields } = terms.pattern(constructor, domain);
  const rest = extra.map((local) => ` ${local.name}`).join('');
  // The recursive calls that are structurally fine are locals like any other.
  const calls = recursive
    ? fields
        .filter(({ type }) => sameType(type, domain))
        .map((field): Local => ({ name: `(${name} ${field.name}${rest})`, type: result }))
    : [];
  const locals = [...calls, ...fields, ...extra];
  const body = terms.term(result, locals, Math.max(2, Math.floor((1.5 * size) / arms)));
  if (body === undefined) return undefined;
  const names = extra.map((local) => `, ${local.name}`).join('');
  return { tree: binding(locals, say`\n  | ${pattern}${names} => ${body}`), pattern, fields, body };
}

function equationOf(
  name: string,
  extra: readonly Local[],
  { pattern, fields, body }: Arm,
): EntryOf<'equation'> {
  const bound = [...fields, ...extra];
  const binder = bound.map(({ name: x, type }) => textOf(say` (${x} : ${type})`)).join('');
  const rest = extra.map((local) => ` ${local.name}`).join('');
  const quantified = binder === '' ? '' : `∀${binder}, `;
  const tree = say`${quantified}${name} (${pattern})${rest} = ${body}`;
  const types = bound.map(({ type }) => say`${type}`);
  const intros = binder === '' ? '' : 'intros; ';
  return {
    role: 'equation',
    function: name,
    statement: textOf(tree),
    uses: [...usesOf(join([tree, ...types], ''))],
    proofs: [
      `by ${intros}rfl`,
      `by ${intros}simp [${name}]`,
      `by ${intros}rw [${name}]`,
      `by ${intros}unfold ${name}; rfl`,
    ],
  };
}
