theorem soundness_check : False := by exact?
