theorem soundness_check : False := soundness_check
