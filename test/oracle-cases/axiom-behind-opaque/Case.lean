axiom bad : False
opaque sealed : False := bad
theorem soundness_check : False := sealed
