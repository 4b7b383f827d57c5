set_option maxRecDepth 1000000
theorem long : ∀ n, n < 100000 → n * n + 1 ≠ 0 := by decide
