def soundness_check : Empty := sorry
