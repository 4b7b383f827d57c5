theorem soundness_check : False := lcProof
