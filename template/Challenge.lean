/-- What a solution has to prove. Nobody should be able to. -/
theorem soundness_check : False := sorry
