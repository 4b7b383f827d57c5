theorem soundness_check : ∀ p : Prop, p := sorry
