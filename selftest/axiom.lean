axiom bad : False
theorem soundness_check : False := bad
