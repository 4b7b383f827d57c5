theorem soundness_check : True := True.intro
theorem soundness_check : False := sorry
