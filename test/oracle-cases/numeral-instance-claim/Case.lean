instance (priority := high) : OfNat Nat 1 := ⟨0⟩
theorem soundness_check : (0 : Nat) = 1 := rfl
