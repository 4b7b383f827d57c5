@[simp] theorem «Main.soundness_check» : False := sorry
