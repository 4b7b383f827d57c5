import { binding, ref, say } from '../../../ir/source/tree.js';
import { arrow, Bool, named, Nat } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';
import { definition } from './ordinary.js';

/** Inputs of conversion: unfolding, eta, proof irrelevance, casts, recursion on accessibility. */
export const definitionalEquality: readonly Kind[] = [
  { kind: 'abbrev', weight: 1.5, make: (context) => definition(context, '', 'abbrev') },
  { kind: 'opaque', weight: 1.5, make: opaque },
  { kind: 'irreducible', weight: 1, make: (context) => definition(context, '@[irreducible] ', 'def') },
  { kind: 'kernel-term', weight: 4, make: kernelTerm },
  { kind: 'conversion', weight: 3, make: conversion },
  { kind: 'well-founded', weight: 2, make: wellFounded },
  { kind: 'accessible', weight: 1, make: accessible },
  { kind: 'eta', weight: 1.5, make: eta },
];

/** `opaque o : A := …`: never unfolded. */
function opaque(context: Context): Draft {
  const { terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const name = context.name('o');
  return {
    tree: say`opaque ${name} : ${type} := ${value}`,
    declares: [{ role: 'value', name, variables: [], args: [], result: type, constructor: false }],
  };
}

/** A declaration with dependent types, levels and recursors, made by the kernel level's typed generator. */
function kernelTerm(context: Context): Draft | undefined {
  const made = context.kernelDeclaration();
  if (made === undefined) return undefined;
  return {
    tree: { parts: [made.text], uses: made.unit.uses },
    declares: nothingToUse(...made.unit.declares),
    kernel: made.unit,
  };
}

/** A value is equal to itself after a detour: by `rfl` where conversion sees through it. */
function conversion(context: Context): Draft | undefined {
  const { random, scope, terms, size } = context;
  const own = scope.own('value').filter(({ args, variables }) => args.length === 0 && variables.length === 0);
  const known = own.length > 0 && random.chance(0.6) ? random.pick(own) : undefined;
  const { type, value } =
    known === undefined ? terms.inhabited(size) : { type: known.result, value: ref(known.name) };
  const name = context.name('t');
  const detour = random.pick([
    say`(fun (h : 1 = 1) => h ▸ ${value}) rfl`,
    say`@Eq.rec Nat 0 (fun _ _ => ${type}) ${value} 0 rfl`,
    say`cast (rfl : ${type} = ${type}) ${value}`,
    say`(⟨${value}, rfl⟩ : { x : ${type} // x = ${value} }).val`,
    say`(Nat.rec (motive := fun _ => ${type}) ${value} (fun _ x => x) 3 : ${type})`,
    say`(fun (f : ${type} → ${type}) => f ${value}) (fun x => id x)`,
    say`(let p := (${value}, 0); p.1)`,
    say`(⟨fun _ => ${value}⟩ : Thunk ${type}).get`,
    say`(match (⟨${value}, trivial⟩ : { x : ${type} // True }) with | ⟨x, _⟩ => x)`,
    say`(if 2 ≤ 3 then ${value} else ${value})`,
    say`(Quot.lift (r := fun _ _ => True) (fun _ => ${value}) (fun _ _ _ => rfl) (Quot.mk _ 0) : ${type})`,
  ]);
  const proof = random.pick([
    'rfl',
    'by rfl',
    'by exact rfl',
    'by simp',
    'by constructor',
    'id rfl',
    '(rfl : _ = _)',
  ]);
  return {
    tree: say`theorem ${name} : ${detour} = (${value} : ${type}) := ${proof}`,
    declares: nothingToUse(name),
  };
}

/** A function that ends because a number falls: compiled to recursion on accessibility. */
function wellFounded(context: Context): Draft | undefined {
  const { random, terms, size } = context;
  const [name, t] = [context.name('f'), context.name('t')];
  const result = random.pick([Nat, Bool, terms.type(2)]);
  const smaller = random.pick(['n / 2', 'n - 1', 'n - 3', 'n / 3']);
  const base = terms.term(result, [], size >> 1);
  const locals = [
    { name: `(${name} (${smaller}))`, type: result },
    { name: 'n', type: Nat },
  ];
  const step = terms.term(result, locals, size);
  if (base === undefined || step === undefined) return undefined;
  const about = random.pick([
    say``,
    say`\ntheorem ${t} : ${name} 0 = ${base} := by ${random.pick([`unfold ${name}; rfl`, `rw [${name}]; rfl`, `simp [${name}]`])}`,
  ]);
  return {
    tree: say`def ${name} (n : Nat) : ${result} :=\n  if h : n = 0 then ${base} else ${binding(locals, say`${step}`)}\ntermination_by n\ndecreasing_by all_goals omega${about}`,
    declares: [
      { role: 'value', name, variables: [], args: [Nat], result, constructor: false },
      ...nothingToUse(t),
    ],
  };
}

/** Recursion on accessibility itself, on proofs that compute and on proofs that are opaque. */
function accessible(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [a, f, t] = [context.name('a'), context.name('f'), context.name('t')];
  const proof = random.pick([
    `Nat.lt_wfRel.wf.apply`,
    `fun n => Acc.intro n (fun m h => Nat.lt_wfRel.wf.apply m)`,
    `fun n => (Acc.intro n (fun m h => (Nat.lt_wfRel.wf.apply n).inv h))`,
  ]);
  const keyword = random.pick(['theorem', 'theorem', 'opaque']);
  const about = random.pick([
    say`theorem ${t} (n : Nat) (p q : Acc (· < ·) n) : ${f} n p = ${f} n q := rfl`,
    say`theorem ${t} (n : Nat) (p : ∀ y, y < n → Acc (· < ·) y) : ${f} n (Acc.intro n p) = ${value} := rfl`,
    say`theorem ${t} : ∀ p : Acc Nat.lt 0, p = ${a} 0 := fun _ => rfl`,
  ]);
  return {
    tree: say`${keyword} ${a} : ∀ n : Nat, Acc Nat.lt n := ${proof}\nnoncomputable def ${f} (n : Nat) (p : Acc Nat.lt n) : ${type} :=\n  Acc.rec (motive := fun _ _ => ${type}) (fun _ _ _ => ${value}) p\n${about}`,
    declares: nothingToUse(a, f, t),
  };
}

/** A structure is what its projections say, a function what it does, and two proofs are the same. */
function eta(context: Context): Draft | undefined {
  const { random, scope, terms } = context;
  const t = context.name('t');
  const makers = scope
    .own('value')
    .filter(
      ({ constructor, name, variables, args }) =>
        constructor && name.endsWith('.mk') && variables.length === 0 && args.length > 0,
    );
  if (makers.length > 0 && random.chance(0.6)) {
    const { name, result, args } = random.pick(makers);
    const fields = args.map((_, i) => `s.${i + 1}`).join(' ');
    const proof = random.pick(['fun _ => rfl', 'by intro s; cases s; rfl', 'by intro s; rfl']);
    return {
      tree: say`theorem ${t} : ∀ s : ${result}, (${ref(name)} ${fields} : ${result}) = s := ${proof}`,
      declares: nothingToUse(t),
    };
  }
  const type = terms.type(2);
  const tree = random.pick([
    say`theorem ${t} (f : ${arrow(type, Nat)}) : (fun x => f x) = f := rfl`,
    say`theorem ${t} (p : Prop) (a b : p) : a = b := rfl`,
    say`theorem ${t} (p : ${type} × Nat) : (p.1, p.2) = p := rfl`,
    say`theorem ${t} (a b : Unit) : a = b := rfl`,
    say`theorem ${t} (a b : PUnit.{3}) : a = b := rfl`,
    say`theorem ${t} (x : ${type}) (h : x = x) : (h ▸ x) = x := rfl`,
    say`theorem ${t} (s : { x : ${type} // True }) : ⟨s.1, s.2⟩ = s := rfl`,
    say`theorem ${t} (p : (x : ${type}) ×' (x = x)) : ⟨p.1, rfl⟩ = p := rfl`,
    say`theorem ${t} (u : ULift.{1} ${type}) : ⟨u.down⟩ = u := rfl`,
    say`theorem ${t} (f g : Empty → ${named('Nat')}) : f = g := by funext x; cases x`,
  ]);
  return { tree, declares: nothingToUse(t) };
}
