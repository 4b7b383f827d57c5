import { declaredNames, type Declaration } from '../../ir/declaration.js';
import type { Name } from '../../ir/name.js';
import { asLean } from '../../ir/print.js';
import { baseDeclarations } from '../../kernel/base/declarations.js';

/**
 * A small core library as Lean text, for a Lean without the compiled modules of its Init: the base environment, with
 * what Lean's elaborator asks for besides. Notations and tactics are Init's and missing.
 */
export function coreText(): string {
  const texts = [...first.map(declarationOf), ...others()].map(textOf);
  return [head, ...texts, tail, ''].join('\n');
}

/** Types that are declared behind these get what Lean derives by equality. */
const first: readonly Name[] = ['id', 'False', 'True', 'Eq', 'HEq'];

function declarationOf(name: Name): Declaration {
  const found = baseDeclarations.find((declaration) => declaredNames(declaration)[0] === name);
  if (found === undefined) throw new Error(`the base environment has no ${name}`);
  return found;
}

function others(): Declaration[] {
  return baseDeclarations.filter((declaration) => !first.includes(declaredNames(declaration)[0] ?? ''));
}

const head = `prelude
set_option autoImplicit false
set_option genCtorIdx false
set_option genSizeOf false
set_option genInjectivity false
set_option linter.all false
set_option bootstrap.inductiveCheckResultingUniverse false
unsafe axiom lcErased : Type
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type`;

/** As Init says them, with the binders of Init: what is written in candidates goes by these. */
const otherwise: Readonly<Record<Name, string>> = {
  Eq: 'inductive Eq.{u} {α : Sort u} : α → α → Prop where\n  | refl (a : α) : Eq a a',
  HEq: 'inductive HEq.{u} {α : Sort u} : α → {β : Sort u} → β → Prop where\n  | refl (a : α) : HEq a a',
  Quot: 'init_quot',
};

/** Types whose first parameter is implicit in Init. */
const implicit = new Set(['Exists', 'Subtype', 'Acc', 'WellFounded', 'Sigma', 'PSigma']);

/** The text behind a declaration. */
const behind: Readonly<Record<Name, string>> = {
  HEq: `abbrev Eq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α} (h : Eq a b) : motive b := h.rec m
theorem Eq.symm.{u} {α : Sort u} {a b : α} (h : Eq a b) : Eq b a := h.rec (Eq.refl a)
theorem Eq.trans.{u} {α : Sort u} {a b c : α} (h : Eq a b) (k : Eq b c) : Eq a c := k.rec h
theorem Eq.subst.{u} {α : Sort u} {motive : α → Prop} {a b : α} (h : Eq a b) (m : motive a) : motive b := Eq.ndrec m h
def Eq.mp.{u} {α β : Sort u} (h : Eq α β) (a : α) : β := @Eq.ndrec.{u, u+1} (Sort u) α (fun γ => γ) a β h
def Eq.mpr.{u} {α β : Sort u} (h : Eq α β) (b : β) : α := @Eq.ndrec.{u, u+1} (Sort u) β (fun γ => γ) b α h.symm
theorem congrArg.{u, v} {α : Sort u} {β : Sort v} {a₁ a₂ : α} (f : α → β) (h : Eq a₁ a₂) : Eq (f a₁) (f a₂) :=
  @Eq.rec.{0, u} α a₁ (fun b _ => Eq (f a₁) (f b)) (Eq.refl (f a₁)) a₂ h
theorem eq_of_heq.{u} {α : Sort u} {a b : α} (h : HEq a b) : Eq a b :=
  (fun (β : Sort u) (b : β) (h : HEq a b) =>
    (@HEq.rec.{0, u} α a (@fun β b _ => (e : Eq α β) → Eq (@Eq.rec.{u, u+1} (Sort u) α (fun γ _ => γ) a β e) b) (fun _ => Eq.refl a) β b h :
      (e : Eq α β) → Eq (@Eq.rec.{u, u+1} (Sort u) α (fun γ _ => γ) a β e) b)) α b h (Eq.refl α)
theorem heq_of_eq.{u} {α : Sort u} {a b : α} (h : Eq a b) : HEq a b := @Eq.rec.{0, u} α a (fun b _ => HEq a b) (HEq.refl a) b h`,
  PUnit: 'abbrev Unit : Type := PUnit\n@[match_pattern] abbrev Unit.unit : Unit := PUnit.unit',
  Bool: 'export Bool (false true)\nnoncomputable def cond.{u} {α : Sort u} (c : Bool) (x y : α) : α := @Bool.rec.{u} (fun _ => α) y x c',
  Option: 'export Option (none some)',
  PLift: 'structure PULift.{r, s} (α : Sort s) : Sort (max s 1 r) where\n  up ::\n  down : α',
  ...Object.fromEntries(
    ['OfNat', 'LE', 'LT', 'NatPow', 'Pow', 'HPow', 'Decidable', 'Inhabited', 'Nonempty', 'Subsingleton'].map(
      (name) => [name, `attribute [class] ${name}`],
    ),
  ),
};

/** How names that Lean writes into terms are made, such as the place of a `sorry`. */
const names = `inductive Lean.Name : Type where
  | anonymous : Lean.Name
  | str (pre : Lean.Name) (s : String) : Lean.Name
  | num (pre : Lean.Name) (i : Nat) : Lean.Name
abbrev Lean.Name.mkStr (p : Lean.Name) (s : String) : Lean.Name := Lean.Name.str p s
abbrev Lean.Name.mkNum (p : Lean.Name) (i : Nat) : Lean.Name := Lean.Name.num p i
abbrev Lean.Name.mkSimple (s : String) : Lean.Name := Lean.Name.str Lean.Name.anonymous s
${[1, 2, 3, 4, 5, 6, 7, 8].map(mkStr).join('\n')}`;

/** A name of so many parts. */
function mkStr(count: number): string {
  const parts = Array.from({ length: count }, (_, i) => `s${i + 1}`);
  const made = parts.reduce((pre, part) => `(Lean.Name.str ${pre} ${part})`, 'Lean.Name.anonymous');
  return `abbrev Lean.Name.mkStr${count} (${parts.join(' ')} : String) : Lean.Name := ${made}`;
}

const tail = `${names}
axiom sorryAx.{u} (α : Sort u) (synthetic : Bool) : α
@[reducible] def outParam.{u} (α : Sort u) : Sort u := α
class CoeFun.{u, v} (α : Sort u) (γ : outParam (α → Sort v)) where
  coe : (f : α) → γ f
class CoeSort.{u, v} (α : Sort u) (β : outParam (Sort v)) where
  coe : α → β
noncomputable def dite.{u} {α : Sort u} (c : Prop) [h : Decidable c] (t : c → α) (e : Not c → α) : α :=
  @Decidable.rec.{u} c (fun _ => α) e t h
noncomputable def ite.{u} {α : Sort u} (c : Prop) [h : Decidable c] (t e : α) : α := dite c (fun _ => t) (fun _ => e)`;

function textOf(declaration: Declaration): string {
  const name = declaredNames(declaration)[0] ?? '';
  let text = otherwise[name] ?? withoutRawLiterals(asLean(declaration) ?? '');
  if (implicit.has(name)) text = text.replace(/\((α : Sort \([^)]*\))\)/, '{$1}');
  // An index that never changes may become a parameter here, as in Init.
  text = text.replace(/^set_option inductive\.autoPromoteIndices false in\n/, '');
  if (name.startsWith('inst')) text = `@[reducible] ${text}\nattribute [instance] ${name}`;
  return behind[name] === undefined ? text : `${text}\n${behind[name]}`;
}

/** Raw literals are a syntax of Init's: small ones are said by constructors, the others by the class of numerals. */
function withoutRawLiterals(text: string): string {
  return text
    .replace(/@OfNat\.ofNat\.\{0\} @Nat \(nat_lit (\d+)\) \(@instOfNatNat \(nat_lit \1\)\)/g, '($1 : Nat)')
    .replace(/nat_lit (\d+)/g, (_, digits: string) => numeral(Number(digits)));
}

function numeral(value: number): string {
  if (value > 2) return `(${value} : Nat)`;
  return value === 0 ? '@Nat.zero' : `(@Nat.succ ${numeral(value - 1)})`;
}
