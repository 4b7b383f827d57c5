class Inconsistent : Prop where
  contradiction : False
axiom bad : False
instance : Inconsistent := ⟨bad⟩
theorem soundness_check : False := Inconsistent.contradiction
