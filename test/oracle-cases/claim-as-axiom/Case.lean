axiom soundness_check : False
