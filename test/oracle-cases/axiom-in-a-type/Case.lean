-- The stuck sort, explained in ../stuck-sort-projection/Case.lean, with one thing changed at the end.
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

axiom size : Nat
def BooleanFor (_ : Nat) : Type := Bool
noncomputable def flag : BooleanFor size := true
theorem soundness_check : False := (fun (_ : Bool) =>
  have stuck : content (.mk true) = content (.mk false) := rfl
  nomatch (show true = false from stuck)) flag
