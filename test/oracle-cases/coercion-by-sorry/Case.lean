instance : Coe True False := ⟨sorry⟩
theorem soundness_check : False := (True.intro : True)
