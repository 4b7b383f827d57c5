axiom choose.{u} (α : Sort u) : α
theorem soundness_check : False := choose False
