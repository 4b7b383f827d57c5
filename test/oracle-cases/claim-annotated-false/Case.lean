theorem soundness_check : no_index False := sorry
