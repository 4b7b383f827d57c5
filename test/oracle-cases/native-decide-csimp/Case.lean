def same (value : Bool) : Bool := value
@[csimp] theorem same_is_not : @same = @not := sorry
theorem lied : same true = false := by native_decide
theorem soundness_check : False := nomatch (show true = false from lied)
