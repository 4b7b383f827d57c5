import type { EntryOf } from '../../../ir/source/entry.js';
import { binders, binding, say, type Local, type Tree } from '../../../ir/source/tree.js';
import { named, Nat, Bool, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';
import { recursiveFunction } from './recursion.js';

/** Definitions, functions and theorems: what the attacks build on. */
export const ordinary: readonly Kind[] = [
  { kind: 'def', weight: 4, make: (context) => definition(context, attributes(context), 'def') },
  { kind: 'function', weight: 4, make: (context) => recursiveFunction(context, 'any') },
  { kind: 'theorem', weight: 4, make: theorem },
  { kind: 'equation', weight: 3, make: equation },
  { kind: 'induction', weight: 2, make: byInduction },
];

/** A definition, now and then over a type variable. */
export function definition(context: Context, attribute: string, keyword: string): Draft | undefined {
  const { random, terms, size } = context;
  const polymorphic = random.chance(0.25);
  const variables: Type[] = polymorphic ? [{ kind: 'variable', name: 'α' }] : [];
  const locals: Local[] = Array.from({ length: random.below(3) }, (_, i) => ({
    name: `a${i}`,
    type: terms.type(size >> 2, variables),
  }));
  const result = terms.type(size >> 2, variables);
  const value = terms.term(result, locals, size);
  if (value === undefined) return undefined;
  const name = context.name('f');
  const universe = polymorphic ? '.{u} {α : Type u}' : '';
  return {
    tree: binding(
      locals,
      say`${attribute}${keyword} ${name}${universe}${binders(locals)} : ${result} := ${value}`,
    ),
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
    ? `@[${random.pick(['simp', 'inline', 'reducible', 'irreducible', 'specialize', 'noinline', 'semireducible'])}] `
    : '';
}

/** A statement with a proof that should work: the kernel sees the proof term that the tactic makes. */
function theorem(context: Context): Draft | undefined {
  const { random } = context;
  const goal = random.pick([reflexivity, computation, propositional, arithmetic, existence])(context);
  if (goal === undefined) return undefined;
  const name = context.name('t');
  const attribute = random.chance(0.08) ? '@[simp] ' : '';
  return {
    tree: say`${attribute}theorem ${name} : ${goal.statement} := ${goal.proof}`,
    declares: nothingToUse(name),
  };
}

interface Goal {
  statement: Tree | string;
  proof: string;
}

function reflexivity({ random, terms, size }: Context): Goal {
  const { type, value } = terms.inhabited(size);
  const proof = random.pick(['rfl', 'by rfl', 'by exact rfl', 'by constructor', 'Eq.refl _', 'by simp only']);
  return { statement: say`(${value} : ${type}) = ${value}`, proof };
}

/** Two closed terms compared by evaluation: true about half of the time, and the kernel has to compute. */
function computation({ random, terms, size }: Context): Goal | undefined {
  const type = random.pick([Nat, Bool]);
  const left = terms.term(type, [], size >> 1);
  const right = terms.term(type, [], size >> 2);
  if (left === undefined || right === undefined) return undefined;
  return {
    statement: say`(${left} : ${type}) = ${right} ∨ (${left} : ${type}) ≠ ${right}`,
    proof: random.pick(['by decide', 'by simp', 'Classical.em _', 'by grind', 'by apply Decidable.em']),
  };
}

function propositional({ random }: Context): Goal {
  const goals: readonly (readonly [string, string])[] = [
    ['∀ p q : Prop, p ∧ q → q ∧ p', 'fun _ _ h => ⟨h.2, h.1⟩'],
    ['∀ p q : Prop, p ∧ q → q ∧ p', 'by intro p q h; cases h; constructor <;> assumption'],
    [
      '∀ p q : Prop, p ∨ q → q ∨ p',
      'by intro p q h; cases h with | inl h => exact .inr h | inr h => exact .inl h',
    ],
    ['∀ p : Prop, p → ¬¬p', 'by intro p h n; exact n h'],
    ['∀ p : Prop, ¬¬p → p', 'fun _ => Classical.byContradiction'],
    ['∀ p q : Prop, (p → q) → ¬q → ¬p', 'by grind'],
    ['∀ p q r : Prop, p ∧ (q ∨ r) ↔ (p ∧ q) ∨ (p ∧ r)', 'by grind'],
    ['∀ p q : Prop, (p ↔ q) → p = q', 'fun _ _ h => propext h'],
  ];
  const [statement, proof] = random.pick(goals);
  return { statement, proof };
}

function arithmetic({ random }: Context): Goal {
  const [a, b] = [random.below(10), random.below(10)];
  return random.pick([
    { statement: `∀ n : Nat, n + ${a} = ${a} + n`, proof: 'by omega' },
    { statement: `∀ n m : Nat, n < m → n * 1 + ${b} < m + ${b + 1}`, proof: 'by omega' },
    { statement: `∀ n m : Nat, n ≤ m → n + ${a} ≤ m + ${a}`, proof: 'by grind' },
    { statement: `∀ xs : List Nat, (xs ++ [${a}]).length = xs.length + 1`, proof: 'by simp' },
    { statement: `∀ n : Nat, n % ${a + 1} < ${a + 1}`, proof: 'by omega' },
    { statement: `∀ n : Nat, ${a} + n = n + ${a}`, proof: 'by intro n; induction n <;> omega' },
  ]);
}

function existence({ terms, size }: Context): Goal {
  const { type, value } = terms.inhabited(size);
  return { statement: say`∃ x : ${type}, x = ${value}`, proof: 'by constructor; rfl' };
}

/** A defining equation of a function of the candidate, as a theorem. */
function equation(context: Context): Draft | undefined {
  const { random, scope } = context;
  const known: EntryOf<'equation'>[] = scope.all('equation');
  if (known.length === 0) return undefined;
  const { statement, uses, proofs } = random.pick(known);
  const name = context.name('t');
  return {
    tree: { parts: [`theorem ${name} : ${statement} := ${random.pick(proofs)}`], uses },
    declares: nothingToUse(name),
  };
}

/** Every value of a type is made by one of its constructors, or equal to itself after taking it apart. */
function byInduction(context: Context): Draft | undefined {
  const { random, scope, terms } = context;
  const own = scope.own('type').filter(({ parameters, indices }) => parameters === 0 && indices === 0);
  const type = own.length > 0 ? named(random.pick(own).name) : random.pick([Nat, Bool, named('List', Nat)]);
  const functions = scope
    .own('value')
    .filter(({ constructor, args, variables }) => !constructor && variables.length === 0 && args.length === 1)
    .filter(({ args: [arg] }) => arg !== undefined && arg.kind === 'named' && arg.head === headName(type));
  const name = context.name('t');
  if (functions.length > 0 && random.chance(0.6)) {
    const { name: f } = random.pick(functions);
    const proof = random.pick([
      'by intro x; cases x <;> rfl',
      'by intro x y h; cases h; rfl',
      'by simp_all',
      'by grind',
    ]);
    const about = { parts: [`∀ x y, x = y → ${f} x = ${f} y`], uses: [f] };
    const right = proof.includes('x y')
      ? proof
      : random.pick(['by intro x y h; rw [h]', 'by simp_all', 'by grind']);
    return { tree: say`theorem ${name} : ${about} := ${right}`, declares: nothingToUse(name) };
  }
  if (terms.splittable(type) === undefined) return undefined;
  const proof = random.pick([
    'by intro x; cases x <;> rfl',
    'by intro x; cases x <;> simp',
    'fun _ => rfl',
    'by intro x; rcases x <;> exact rfl',
  ]);
  return { tree: say`theorem ${name} : ∀ x : ${type}, x = x := ${proof}`, declares: nothingToUse(name) };
}

function headName(type: Type): string {
  return type.kind === 'named' ? type.head : '';
}
