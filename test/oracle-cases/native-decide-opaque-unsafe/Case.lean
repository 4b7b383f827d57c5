unsafe def truth : { value : Bool // value = false } := unsafeCast true
@[implemented_by truth] opaque sealed : { value : Bool // value = false } := ⟨false, rfl⟩
theorem lied : sealed.val = true := by native_decide
theorem soundness_check : False := nomatch (sealed.property.symm.trans lied)
