theorem soundness_check : False := hidden
where hidden : False := sorry
