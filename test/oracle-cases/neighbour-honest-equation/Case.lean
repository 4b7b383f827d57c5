theorem sum : 2 + 2 = 4 := rfl
theorem order : 3 < 5 := by decide
theorem texts : "a" ≠ "b" := by decide
