instance : Nonempty False := ⟨sorry⟩
partial def loop (_ : Unit) : False := loop ()
theorem soundness_check : False := loop ()
