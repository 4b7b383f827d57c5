theorem soundness_check : let zero := 0; zero = 0 → False := sorry
