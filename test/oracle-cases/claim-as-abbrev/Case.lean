abbrev soundness_check : False := sorry
