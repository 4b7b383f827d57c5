set_option maxRecDepth 10000000
theorem deep : (List.replicate 100000 true).all id = true := by decide
theorem soundness_check : False := sorry
