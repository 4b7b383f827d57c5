structure Step where
  count : Nat
axiom upwards : WellFounded (fun later earlier : Step => earlier.count < later.count)
instance : WellFoundedRelation Step := ⟨_, upwards⟩
theorem loop (step : Step) : False := loop ⟨step.count + 1⟩
termination_by step
theorem soundness_check : False := loop ⟨0⟩
