opaque f : Nat → Nat
theorem grows (h : ∀ x, f x = f (f x)) : f 0 = 1 := by simp only [h]
