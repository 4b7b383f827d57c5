abbrev Claim (p : Prop) : Prop := ¬ p
theorem soundness_check : Claim False := id
