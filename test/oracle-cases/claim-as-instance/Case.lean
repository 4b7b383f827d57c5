instance soundness_check : False := sorry
