inductive Curry : Type where
  | fold (unfold : Curry → False) : Curry
axiom bad : False
theorem soundness_check : False := bad
