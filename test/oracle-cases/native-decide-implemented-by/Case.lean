def truth : Bool := true
@[implemented_by truth] def lie : Bool := false
theorem lied : lie = true := by native_decide
theorem soundness_check : False := nomatch (show false = true from lied)
