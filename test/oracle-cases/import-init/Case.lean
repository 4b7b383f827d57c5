import Init.Data.List.Lemmas
theorem soundness_check : False := sorry
