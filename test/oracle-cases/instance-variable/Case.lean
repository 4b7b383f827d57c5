class Inconsistent : Prop where
  contradiction : False
variable [Inconsistent]
theorem soundness_check : False := Inconsistent.contradiction
