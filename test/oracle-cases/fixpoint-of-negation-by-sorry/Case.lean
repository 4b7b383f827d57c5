def Liar : Prop := ¬ Liar
coinductive_fixpoint monotonicity sorry
theorem unfold : Liar = ¬ Liar := Liar.eq_1
theorem not_liar : ¬ Liar := fun liar => (unfold.mp liar) liar
theorem soundness_check : False := not_liar (unfold.mpr not_liar)
