namespace Inner
inductive False : Prop where | intro
inductive Other : Prop where | intro
end Inner
open Inner hiding Other
theorem soundness_check : False := Inner.False.intro
