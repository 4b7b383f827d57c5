structure Gap where
  size : Nat
declare_syntax_cat gap
partial def endless (n : Nat) : Nat := endless (n + 1)
theorem loops : endless 0 = endless 0 := rfl
