instance : CoeSort Unit Prop := ⟨fun _ => True⟩
theorem soundness_check : () := True.intro
