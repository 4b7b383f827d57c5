@[simp] theorem contradiction : False := sorry
