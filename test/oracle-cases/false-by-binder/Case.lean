theorem soundness_check : ∀ False : Prop, False → False := fun _ given => given
