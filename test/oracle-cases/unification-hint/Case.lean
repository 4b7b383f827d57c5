unif_hint where
  ⊢ True ≟ False
theorem soundness_check : False := True.intro
