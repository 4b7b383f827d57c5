import Template

/-! Replace this file by a finding's `Finding.lean`. The theorem below is what it has to prove without `sorry`. -/

theorem soundness_check : False := sorry
