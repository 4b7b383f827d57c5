unsafe def loop : False := loop
theorem bad : False := loop
theorem soundness_check : False := bad
