set_option debug.byAsSorry true
theorem soundness_check : False := by decide
