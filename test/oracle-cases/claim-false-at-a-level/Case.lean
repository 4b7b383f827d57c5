universe u
axiom bad : False
theorem soundness_check : False := (fun (_ : PUnit.{u}) => bad) ⟨⟩
