theorem soundness_check : False := by admit
