theorem soundness_check : True := True.intro
