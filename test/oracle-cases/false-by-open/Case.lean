namespace Inner
inductive False : Prop where | intro
end Inner
open Inner
theorem soundness_check : False := .intro
