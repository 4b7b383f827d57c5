instance (priority := high) : CoeSort Bool Prop := ⟨fun value => value = false⟩
theorem soundness_check : false := rfl
