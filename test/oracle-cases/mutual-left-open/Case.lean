mutual
theorem soundness_check : False := sorry
