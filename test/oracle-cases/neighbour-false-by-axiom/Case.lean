axiom bad : False
theorem collapse : False := bad
