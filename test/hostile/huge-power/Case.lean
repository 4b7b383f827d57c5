theorem p : 2 ^ 4000000000 = 0 := by decide
