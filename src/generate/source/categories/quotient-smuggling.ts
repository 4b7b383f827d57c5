import { ref, say } from '../../../ir/source/tree.js';
import { named, Nat, type Type } from '../../../ir/source/types.js';
import { nothingToUse, type Context, type Draft, type Kind } from '../unit-maker.js';

/** Quotients, choice and the other axioms: what could bring a falsehood in without a name of its own. */
export const quotientSmuggling: readonly Kind[] = [
  { kind: 'quotient', weight: 3, make: quotient },
  { kind: 'setoid', weight: 2, make: setoid },
  { kind: 'choice', weight: 2, make: choice },
  { kind: 'extensionality', weight: 2, make: extensionality },
  { kind: 'subtype', weight: 1.5, make: subtype },
  { kind: 'axiom', weight: 0.3, make: axiom },
];

/** A function of one argument: the candidate's where there is one. */
function functionOf({ random, scope, terms, size }: Context): {
  name: ReturnType<typeof say>;
  from: Type;
  to: Type;
} {
  const own = scope
    .own('value')
    .filter(
      ({ constructor, args, variables }) => !constructor && args.length === 1 && variables.length === 0,
    );
  const entry = own.length > 0 && random.chance(0.7) ? random.pick(own) : undefined;
  const [from] = entry?.args ?? [];
  if (entry !== undefined && from !== undefined) return { name: ref(entry.name), from, to: entry.result };
  const domain = terms.type(1);
  const local = { name: 'w', type: domain };
  const body = terms.term(Nat, [local], size >> 1) ?? say`0`;
  return { name: say`(fun (w : ${domain}) => ${body})`, from: domain, to: Nat };
}

/** A type divided by the kernel of a function, which lifts to it; and what must hold of that. */
function quotient(context: Context): Draft {
  const { random, terms, size } = context;
  const { name: f, from, to } = functionOf(context);
  const [q, l, t] = [context.name('Q'), context.name('f'), context.name('t')];
  const value = terms.term(from, [], size >> 1);
  const head = say`def ${q} : Type := Quot (fun a b : ${from} => ${f} a = ${f} b)\ndef ${l} : ${q} → ${to} := Quot.lift ${f} (fun _ _ h => h)`;
  const about =
    value === undefined
      ? say`theorem ${t} : ∀ x : ${from}, ${l} (Quot.mk _ x) = ${f} x := fun _ => rfl`
      : random.pick([
          say`theorem ${t} : ${l} (Quot.mk _ ${value}) = ${f} ${value} := ${random.pick(['rfl', `by rfl`, `by unfold ${l}; rfl`])}`,
          say`theorem ${t} (b : ${from}) (h : ${f} ${value} = ${f} b) : (Quot.mk _ ${value} : ${q}) = Quot.mk _ b := Quot.sound h`,
          say`theorem ${t} : ∀ x : ${q}, ∃ a, Quot.mk _ a = x := by intro x; exact Quot.exists_rep x`,
          say`theorem ${t} : ∀ x : ${q}, ${l} x = ${l} x := by intro x; induction x using Quot.ind; rfl`,
        ]);
  const declares: Draft['declares'] = [
    { role: 'type', name: q, parameters: 0, indices: 0, inhabited: value !== undefined },
    { role: 'value', name: l, variables: [], args: [named(q)], result: to, constructor: false },
    ...nothingToUse(t),
  ];
  return { tree: say`${head}\n${about}`, declares };
}

/** A setoid, its quotient, and functions through it. */
function setoid(context: Context): Draft {
  const { random } = context;
  const { name: f, from } = functionOf(context);
  const [s, q, t] = [context.name('s'), context.name('Q'), context.name('t')];
  const head = say`instance ${s} : Setoid ${from} where\n  r a b := ${f} a = ${f} b\n  iseqv := ⟨fun _ => rfl, fun h => h.symm, fun h k => h.trans k⟩\ndef ${q} : Type := Quotient ${s}`;
  const about = random.pick([
    say`theorem ${t} (a b : ${from}) (h : ${f} a = ${f} b) : (Quotient.mk ${s} a) = Quotient.mk ${s} b := Quotient.sound h`,
    say`theorem ${t} (a b : ${from}) (h : Quotient.mk ${s} a = Quotient.mk ${s} b) : ${f} a = ${f} b := Quotient.exact h`,
    say`def ${t} : ${q} → Bool := Quotient.lift (fun _ => true) (fun _ _ _ => rfl)`,
    say`theorem ${t} (p : ${q} → Prop) (h : ∀ a, p (Quotient.mk ${s} a)) (x : ${q}) : p x := Quotient.ind h x`,
  ]);
  return {
    tree: say`${head}\n${about}`,
    declares: [{ role: 'type', name: q, parameters: 0, indices: 0, inhabited: false }, ...nothingToUse(s, t)],
  };
}

/** Values by choice, and decisions by the excluded middle. */
function choice(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [f, t] = [context.name('f'), context.name('t')];
  const definition = random.pick([
    say`noncomputable def ${f} : ${type} := Classical.choice ⟨${value}⟩`,
    say`noncomputable def ${f} : ${type} := Classical.choose (⟨${value}, rfl⟩ : ∃ x : ${type}, x = ${value})`,
    say`noncomputable def ${f} : ${type} := @ite _ (∃ n : Nat, n = n + 1) (Classical.propDecidable _) ${value} ${value}`,
    say`noncomputable def ${f} : ${type} := Classical.epsilon (h := ⟨${value}⟩) (fun x => x = ${value})`,
  ]);
  const about = random.pick([
    say`theorem ${t} : ${f} = ${f} := rfl`,
    say`theorem ${t} : Classical.choose (⟨${value}, rfl⟩ : ∃ x : ${type}, x = ${value}) = ${value} := Classical.choose_spec (⟨${value}, rfl⟩ : ∃ x : ${type}, x = ${value})`,
    say`theorem ${t} (p : Prop) : (p = True) ∨ (p = False) := by by_cases h : p <;> simp [h]`,
    say`theorem ${t} : ∀ x : ${type}, x = ${f} ∨ x ≠ ${f} := fun _ => Classical.em _`,
  ]);
  return {
    tree: say`${definition}\n${about}`,
    declares: [
      { role: 'value', name: f, variables: [], args: [], result: type, constructor: false },
      ...nothingToUse(t),
    ],
  };
}

function extensionality(context: Context): Draft {
  const { random, terms } = context;
  const [from, to] = [terms.type(2), terms.type(2)];
  const t = context.name('t');
  const tree = random.pick([
    say`theorem ${t} (f g : ${from} → ${to}) (h : ∀ x, f x = g x) : f = g := funext h`,
    say`theorem ${t} (p q : ${from} → Prop) (h : ∀ x, p x ↔ q x) : p = q := funext fun x => propext (h x)`,
    say`theorem ${t} (p q : Prop) (h : p ↔ q) : p = q := by grind`,
    say`theorem ${t} (p : Prop) (a b : p) (f : p → ${to}) : f a = f b := rfl`,
    say`theorem ${t} (f : ${from} → ${to}) : (fun x => f x) = f := by funext x; rfl`,
    say`theorem ${t} (a b : Squash ${from}) : a = b := Subsingleton.elim a b`,
    say`theorem ${t} (h : ${from} = ${to}) (x : ${from}) : HEq (cast h x) x := cast_heq h x`,
  ]);
  return { tree, declares: nothingToUse(t) };
}

/** Values with a proof of what is said of them. */
function subtype(context: Context): Draft {
  const { random, terms, size } = context;
  const { type, value } = terms.inhabited(size);
  const [s, f, t] = [context.name('Q'), context.name('f'), context.name('t')];
  const property = random.pick([say`x = ${value}`, say`x = x`, say`True`, say`∃ y, y = x`]);
  const proof = random.pick(['by simp', 'by first | rfl | trivial | simp', 'by grind']);
  return {
    tree: say`def ${s} : Type := { x : ${type} // ${property} }\ndef ${f} : ${s} := ⟨${value}, ${proof}⟩\ntheorem ${t} : ${f}.1 = ${value} := rfl`,
    declares: [
      { role: 'type', name: s, parameters: 0, indices: 0, inhabited: true },
      { role: 'value', name: f, variables: [], args: [], result: named(s), constructor: false },
      ...nothingToUse(t),
    ],
  };
}

/** A true statement as an axiom: no proof may rest on it, and the judge must see that. */
function axiom(context: Context): Draft {
  const { type, value } = context.terms.inhabited(context.size);
  const name = context.name('a');
  return { tree: say`axiom ${name} : ∃ x : ${type}, x = ${value}`, declares: nothingToUse(name) };
}
