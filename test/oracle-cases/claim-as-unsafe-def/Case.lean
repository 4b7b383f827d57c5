unsafe def soundness_check : False := lcProof
