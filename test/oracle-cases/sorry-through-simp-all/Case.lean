@[simp] theorem contradiction : False := sorry
theorem soundness_check : False := by simp_all
