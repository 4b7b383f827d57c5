def lie : Bool := true
@[implemented_by lie] def truth : Bool := false
theorem t : truth = true := by native_decide
