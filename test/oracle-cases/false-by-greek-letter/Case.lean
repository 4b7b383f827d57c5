def Ϝalse : Prop := True
theorem soundness_check : Ϝalse := True.intro
