theorem soundness_check : False := sorry
