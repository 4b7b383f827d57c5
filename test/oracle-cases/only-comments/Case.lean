/- theorem soundness_check : False := trivial -/
-- theorem soundness_check : False := trivial
