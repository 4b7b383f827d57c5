def Liar : Prop := ¬ Liar
coinductive_fixpoint
