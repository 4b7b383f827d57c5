@[simp] theorem sοundness_check : False := sorry
