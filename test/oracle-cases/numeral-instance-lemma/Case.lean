instance (priority := high) : OfNat Nat 1 := ⟨0⟩
theorem same : (0 : Nat) = 1 := rfl
theorem soundness_check : False := Nat.zero_ne_one same
