unsafe def promise : False := lcProof
@[implemented_by promise] opaque sealed : False
theorem soundness_check : False := sealed
