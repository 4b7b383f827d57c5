@[extern "lean_nat_log2", export lean_nat_log2] def same (n : @& Nat) : Nat := n
#eval same 8 -- links the name; what evaluates it first inside of native_decide does not find the C function
theorem lied : same 8 = 3 := by native_decide
theorem soundness_check : False := nomatch (show 8 = 3 from lied)
