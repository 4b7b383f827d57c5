import type { EntryOf } from '../../../ir/source/entry.js';
import { ref, say } from '../../../ir/source/tree.js';
import { named, Nat, variable, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';

/** Classes, instances that overlap, and coercions: what elaboration puts in where nothing is written. */
export const typeclassPoisoning: readonly Kind[] = [
  { kind: 'class', weight: 2, make: typeClass },
  { kind: 'instance', weight: 4, make: instance },
  { kind: 'conditional-instance', weight: 1.5, make: conditionalInstance },
  { kind: 'core-instance', weight: 2, make: coreInstance },
  { kind: 'coercion', weight: 2, make: coercion },
  { kind: 'resolution', weight: 2, make: resolution },
];

/** A class with one operation, perhaps on top of another class, perhaps with a law, and its first instance. */
function typeClass(context: Context): Draft {
  const { random, scope } = context;
  const name = context.name('C');
  const parents = scope.own('class');
  const tag = name.slice(1);
  const extension =
    parents.length > 0 && random.chance(0.4) ? say` extends ${ref(random.pick(parents).name)} α` : say``;
  const operation = `op${tag}`;
  const law = random.chance(0.25)
    ? `\n  law${tag} : ∀ a b : α, a = b → ${operation} a = ${operation} b := by intros; simp_all`
    : '';
  const [i, type] = [context.name('i'), context.terms.type(1)];
  return {
    tree: say`class ${name} (α : Type u)${extension} where\n  ${operation} : α → α := fun a => a${law}\ninstance ${i} : ${name} ${type} where`,
    declares: [
      { role: 'class', name, operation: `${name}.${operation}` },
      { role: 'instance', className: name, type },
      ...nothingToUse(i),
    ],
  };
}

/** An instance of a class of the candidate, for any type: one of several, where there is one already. */
function instance(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const classes = scope.all('class');
  if (classes.length === 0) return undefined;
  const { name: className, operation } = random.pick(classes);
  const known = scope.own('instance').filter((entry) => entry.className === className);
  const type = known.length > 0 && random.chance(0.5) ? random.pick(known).type : terms.type(2);
  const body = terms.term(type, [{ name: 'x', type }], size);
  if (body === undefined) return undefined;
  const name = context.name('i');
  const priority = random.chance(0.3) ? `(priority := ${random.pick(['low', 'high', '0', '5000'])}) ` : '';
  const field = operation.slice(className.length + 1);
  return {
    tree: say`instance ${priority}${name} : ${ref(className)} ${type} where\n  ${field} := fun x => ${body}`,
    declares: [...nothingToUse(name), { role: 'instance', className, type }],
  };
}

/** An instance under an instance, as resolution chains them. */
function conditionalInstance(context: Context): Draft | undefined {
  const { random, scope } = context;
  const classes = scope.all('class');
  const wrappers = scope.all('type').filter((entry) => entry.parameters === 1 && entry.indices === 0);
  if (classes.length === 0 || wrappers.length === 0) return undefined;
  const { name: className, operation } = random.pick(classes);
  const wrapped: Type = named(random.pick(wrappers).name, variable('α'));
  const name = context.name('i');
  const field = operation.slice(className.length + 1);
  return {
    tree: say`instance ${name} [${ref(className)} α] : ${className} ${wrapped} where\n  ${field} := fun x => x`,
    declares: nothingToUse(name),
  };
}

/** An instance of a class of Lean's core for a type of the candidate (or for one that has an instance). */
function coreInstance(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const own = scope.own('type').filter((entry) => entry.parameters === 0 && entry.indices === 0);
  const type =
    own.length > 0 ? named(random.pick(own).name) : random.pick([Nat, named('Bool'), named('Unit')]);
  const value = terms.term(type, [], size >> 1);
  if (value === undefined) return undefined;
  const binary =
    terms.term(
      type,
      [
        { name: 'a', type },
        { name: 'b', type },
      ],
      size >> 1,
    ) ?? value;
  const name = context.name('i');
  const [head, body] = random.pick([
    [say`Inhabited ${type}`, say`⟨${value}⟩`],
    [say`Nonempty ${type}`, say`⟨${value}⟩`],
    [say`OfNat ${type} ${random.below(4)}`, say`⟨${value}⟩`],
    [say`Add ${type}`, say`⟨fun a b => ${binary}⟩`],
    [say`Mul ${type}`, say`⟨fun a b => ${binary}⟩`],
    [say`LE ${type}`, say`⟨fun a b => a = b⟩`],
    [say`BEq ${type}`, say`⟨fun _ _ => ${random.pick(['true', 'false'])}⟩`],
    [say`Append ${type}`, say`⟨fun a b => ${binary}⟩`],
    [say`Hashable ${type}`, say`⟨fun _ => 7⟩`],
    [say`ToString ${type}`, say`⟨fun _ => "x"⟩`],
  ] as const);
  return { tree: say`instance ${name} : ${head} := ${body}`, declares: nothingToUse(name) };
}

/** A coercion along a function of the candidate, and its use. */
function coercion(context: Context): Draft | undefined {
  const { random, scope } = context;
  const functions = scope.own('value').filter(isPlainFunction);
  if (functions.length === 0) return undefined;
  const entry = random.pick(functions);
  const [from] = entry.args;
  if (from === undefined) return undefined;
  const [i, f, t] = [context.name('i'), context.name('f'), context.name('t')];
  const to = entry.result;
  const theorem = `\ntheorem ${t} : ∀ x, ${f} x = ${entry.name} x := fun _ => rfl`;
  const tree = random.pick([
    say`instance ${i} : Coe ${from} ${to} := ⟨${ref(entry.name)}⟩\ndef ${f} (x : ${from}) : ${to} := x${theorem}`,
    say`instance ${i} : CoeTail ${from} ${to} := ⟨${ref(entry.name)}⟩\ndef ${f} (x : ${from}) : ${to} := ↑x${theorem}`,
    say`instance ${i} : CoeFun ${from} (fun _ => Nat → ${to}) := ⟨fun x _ => ${ref(entry.name)} x⟩\ndef ${f} (x : ${from}) : ${to} := x 3${theorem}`,
    say`instance ${i} : CoeSort ${from} Type := ⟨fun _ => ${to}⟩\ndef ${f} (x : ${from}) : (x : Type) := ${ref(entry.name)} x`,
    say`instance ${i} : CoeDep ${from} x ${to} := ⟨${ref(entry.name)} x⟩\ndef ${f} (x : ${from}) : ${to} := x${theorem}`,
  ]);
  const declares: Draft['declares'] = [
    { role: 'value', name: f, variables: [], args: [from], result: to, constructor: false },
    ...nothingToUse(i, t),
  ];
  return { tree, declares };
}

function isPlainFunction({ constructor, args, variables }: EntryOf<'value'>): boolean {
  return !constructor && args.length === 1 && variables.length === 0;
}

/** The operation of a class where Lean has to find the instance; two that it finds should agree. */
function resolution(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const instances = scope.own('instance');
  if (instances.length === 0) return undefined;
  const { className, type } = random.pick(instances);
  const operation = scope.all('class').find(({ name }) => name === className)?.operation;
  const value = terms.term(type, [], size >> 1);
  if (operation === undefined || value === undefined) return undefined;
  const [f, t] = [context.name('f'), context.name('t')];
  const proof = random.pick(['rfl', 'by rfl', `by simp [${f}]`, `by unfold ${f}; rfl`]);
  return {
    tree: say`def ${f} : ${type} := ${ref(operation)} (${value} : ${type})\ntheorem ${t} : ${f} = @${operation} _ (inferInstance : ${ref(className)} ${type}) ${value} := ${proof}`,
    declares: [
      { role: 'value', name: f, variables: [], args: [], result: type, constructor: false },
      ...nothingToUse(t),
    ],
  };
}
