theorem soundness_check : False := by
  stop
  decide
