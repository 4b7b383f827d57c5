abbrev Nope : Prop := False
theorem soundness_check : Nope := sorry
