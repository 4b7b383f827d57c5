opaque soundness_check : False := sorry
