theorem loop (n : Nat) : False := loop (n + 1)
termination_by structural n
theorem soundness_check : False := loop 0
