set_option maxHeartbeats 0
set_option maxRecDepth 1000000000
opaque f : Nat → Nat
theorem grows (h : ∀ x, f x = f (f x)) : f 0 = 1 := by simp (maxSteps := 1000000000) only [h]
