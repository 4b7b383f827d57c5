/-
A stuck sort (leanprover/lean4#14807).

`bit` reads a Boolean off a proof of accessibility. On the proof that is built in front of us it computes to `true`; on a
sealed one it is stuck, because a recursor can't look behind an opaque constant. Yet all proofs are equal, so the two
bits are equal by definition too: `true` equals the first, the first equals the second, `true` does not equal the second.

`Open` and `Shut` say `true = bit ...` of the one and of the other. The kernel takes a proof of either for a proof of
both, but a recursor over such an equation computes only where the two sides of the equation in the proof's own type
are found equal: over a proof of `Open`, not over `key`, which is a proof of `Shut`.

`sortOf` computes `Prop` by that recursor. So `Box proof` is declared as a proposition with a Boolean inside, which is
fine as long as no one gets it out. For `Box key` the sort is stuck, the kernel asks whether it is a proposition, hears
"no", and lets the Boolean be projected. But `Box (relabel key)` is the same type, its sort does compute, and all of its
elements are equal, whether they hold `true` or `false`.
-/
def never (_ _ : Unit) : Prop := False

theorem built : Acc never () := .intro () fun _ impossible => impossible.elim
opaque sealed : Acc never () := built

noncomputable def bit (proof : Acc never ()) : Bool :=
  Acc.rec (motive := fun _ _ => Bool) (fun _ _ _ => true) proof

def Open : Prop := true = bit (.intro () fun _ impossible => impossible.elim)
def Shut : Prop := true = bit sealed
opaque key : Shut :=
  Eq.trans (b := bit (.intro () fun _ impossible => impossible.elim)) rfl (congrArg bit (proof_irrel _ _))

def sortOf (proof : Open) : Type := Eq.rec (motive := fun _ _ => Type) Prop proof
inductive Box (proof : Open) : sortOf proof where
  | mk (content : Bool) : Box proof

-- The same proof, but now its own type is `Open`.
theorem relabel (proof : Open) : Open := proof
def same {proof : Open} (box : Box proof) : Box proof := box
noncomputable def content (box : Box (relabel key)) : Bool := (same (proof := key) box).1

theorem stuck : content (.mk true) = content (.mk false) := rfl
theorem soundness_check : False := nomatch (show true = false from stuck)
