theorem soundness_check : ¬ True := sorry
