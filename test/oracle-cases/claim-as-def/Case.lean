def soundness_check : False := sorry
