theorem soundness_check : False → False := id
