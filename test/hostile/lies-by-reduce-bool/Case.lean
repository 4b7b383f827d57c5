@[implemented_by Bool.not] def same (b : Bool) : Bool := b
theorem lied : same false = true := by native_decide
theorem after : False := by have := lied; simp [same] at this
