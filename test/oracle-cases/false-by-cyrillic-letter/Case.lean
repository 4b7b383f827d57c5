def «Fаlse» : Prop := True
theorem soundness_check : «Fаlse» := True.intro
