theorem soundness_check.{u} : False := sorry
