theorem loop (n : Nat) : False := loop (n + 1)
termination_by n
decreasing_by sorry
theorem soundness_check : False := loop 0
