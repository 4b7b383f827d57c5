structure soundness_check : Prop where
  contradiction : False
