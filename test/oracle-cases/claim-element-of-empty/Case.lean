theorem soundness_check : Empty := sorry
