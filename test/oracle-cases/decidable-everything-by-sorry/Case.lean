instance (priority := high) liar (p : Prop) : Decidable p := .isTrue sorry
theorem soundness_check : False := by decide
