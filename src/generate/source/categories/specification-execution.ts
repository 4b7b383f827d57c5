import { binding, join, ref, say } from '../../../ir/source/tree.js';
import { Bool, named, Nat, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';

/** Specification and execution of a function may differ: replaced implementations, decisions, unsafe code. */
export const specificationExecution: readonly Kind[] = [
  { kind: 'implemented-by', weight: 2, make: implementedBy },
  { kind: 'extern', weight: 1, make: external },
  { kind: 'csimp', weight: 1.5, make: csimp },
  { kind: 'decidable', weight: 3, make: decidable },
  { kind: 'partial', weight: 1.5, make: partial },
  { kind: 'unsafe', weight: 1, make: unsafe },
];

interface Twins {
  type: Type;
  argument: Type;
  first: ReturnType<typeof say>;
  second: ReturnType<typeof say>;
}

/** Two bodies for a function of one argument `x`. */
function twins({ random, terms, size }: Context): Twins | undefined {
  const [type, argument] = [random.pick([Nat, Bool, terms.type(2)]), terms.type(2)];
  const locals = [{ name: 'x', type: argument }];
  const [first, second] = [terms.term(type, locals, size), terms.term(type, locals, size)];
  return first === undefined || second === undefined ? undefined : { type, argument, first, second };
}

function valueEntry(name: string, argument: Type, result: Type): Draft['declares'][number] {
  return { role: 'value', name, variables: [], args: [argument], result, constructor: false };
}

/** Compiled code that is another function than the one that the kernel knows. */
function implementedBy(context: Context): Draft | undefined {
  const found = twins(context);
  if (found === undefined) return undefined;
  const { type, argument, first, second } = found;
  const [f, g, t] = [context.name('f'), context.name('f'), context.name('t')];
  const keyword = context.random.pick(['def', 'unsafe def', 'def']);
  const proof = context.random.pick(['rfl', 'by rfl', `by unfold ${f}; rfl`]);
  return {
    tree: say`${keyword} ${g} (x : ${argument}) : ${type} := ${second}\n@[implemented_by ${g}] def ${f} (x : ${argument}) : ${type} := ${first}\ntheorem ${t} (x : ${argument}) : ${f} x = ${first} := ${proof}`,
    declares: [valueEntry(f, argument, type), ...nothingToUse(g, t)],
  };
}

function external(context: Context): Draft | undefined {
  const found = twins(context);
  if (found === undefined) return undefined;
  const { type, argument, first } = found;
  const f = context.name('f');
  const attribute = context.random.pick([
    'extern "lean_nat_add"',
    'extern "no_such_function"',
    'never_extract',
    `export ${f}_exported`,
  ]);
  return {
    tree: say`@[${attribute}] def ${f} (x : ${argument}) : ${type} := ${first}`,
    declares: [valueEntry(f, argument, type)],
  };
}

/** A replacement that the compiler may make because it is proved. */
function csimp(context: Context): Draft | undefined {
  const found = twins(context);
  if (found === undefined) return undefined;
  const { type, argument, first } = found;
  const [f, g, t, h] = [context.name('f'), context.name('f'), context.name('t'), context.name('f')];
  return {
    tree: say`def ${f} (x : ${argument}) : ${type} := ${first}\ndef ${g} (x : ${argument}) : ${type} := id ${first}\n@[csimp] theorem ${t} : @${f} = @${g} := ${context.random.pick(['rfl', 'by funext x; rfl'])}\ndef ${h} (x : ${argument}) : ${type} := ${f} x`,
    declares: [valueEntry(f, argument, type), valueEntry(h, argument, type), ...nothingToUse(g, t)],
  };
}

/** A decision procedure of one's own, and a proof by it. */
function decidable(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const own = scope
    .own('value')
    .filter(({ args, variables, result }) => args.length === 1 && variables.length === 0 && isBool(result));
  const entry = own.length > 0 ? random.pick(own) : undefined;
  const argument = entry?.args[0] ?? Nat;
  const test = entry === undefined ? say`Nat.ble 2` : ref(entry.name);
  const value = terms.term(argument, [], size >> 1);
  if (value === undefined) return undefined;
  const [p, i, t] = [context.name('p'), context.name('i'), context.name('t')];
  const procedure = random.pick([
    say`inferInstanceAs (Decidable (${test} x = true))`,
    say`if h : ${test} x = true then isTrue h else isFalse h`,
    say`match h : ${test} x with | true => isTrue h | false => isFalse (fun g => by rw [${p}] at g; simp_all)`,
    say`Classical.propDecidable _`,
  ]);
  const head = procedure.parts[0] === 'Classical.propDecidable _' ? 'noncomputable instance' : 'instance';
  const tactic = random.pick(['by exact Decidable.em _', 'Classical.em _', 'PRED']);
  const predicate = say`${p} ${value}`;
  const proof =
    tactic === 'PRED' ? say`by by_cases h : ${predicate} <;> [exact .inl h; exact .inr h]` : say`${tactic}`;
  return {
    tree: say`def ${p} (x : ${argument}) : Prop := ${test} x = true\n${head} ${i} (x : ${argument}) : Decidable (${p} x) := ${procedure}\ntheorem ${t} : ${predicate} ∨ ¬ ${predicate} := ${proof}`,
    declares: nothingToUse(p, i, t),
  };
}

function isBool(type: Type): boolean {
  return type.kind === 'named' && type.head === 'Bool';
}

/** A function that need not end; the kernel only learns that its type has a value. */
function partial(context: Context): Draft | undefined {
  const { random, terms, size } = context;
  const f = context.name('f');
  const result = random.pick([Nat, Bool, named('List', Nat)]);
  const locals = [
    { name: `(${f} (n + 1))`, type: result },
    { name: 'n', type: Nat },
  ];
  const body = terms.term(result, locals, size);
  if (body === undefined) return undefined;
  return {
    tree: say`partial def ${f} (n : Nat) : ${result} := ${binding(locals, say`${body}`)}`,
    declares: [valueEntry(f, Nat, result)],
  };
}

/** Unsafe code, which nothing safe may mention. */
function unsafe(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [f, g] = [context.name('f'), context.name('f')];
  const known = scope
    .own('value')
    .filter(({ args, variables }) => args.length === 0 && variables.length === 0);
  const more = known.length === 0 ? say`` : say`\nunsafe def ${g} := (${f}, ${ref(random.pick(known).name)})`;
  const head = random.pick([
    say`unsafe def ${f} : ${type} := ${value}`,
    say`unsafe def ${f} : ${type} := unsafeCast (${value} : ${type})`,
    say`unsafe inductive ${f}.T | mk : (${f}.T → Nat) → ${f}.T\nunsafe def ${f} : ${type} := ${value}`,
  ]);
  return { tree: join([head, more], ''), declares: nothingToUse(f, g) };
}
