instance (priority := high) liar : BEq Nat := ⟨fun _ _ => true⟩
structure Wrapped where
  number : Nat
deriving BEq
theorem same : (Wrapped.mk 0 == Wrapped.mk 1) = true := rfl
instance : LawfulBEq Wrapped where
  rfl := sorry
  eq_of_beq := sorry
theorem soundness_check : False := nomatch (eq_of_beq same)
