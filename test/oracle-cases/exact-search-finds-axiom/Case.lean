axiom bad : False
theorem soundness_check : False := by exact?
