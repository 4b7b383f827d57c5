theorem soundness_check : False := sorryAx False true
