theorem soundness_check (given : False := by trivial) : False := given
