unsafe def spoil (a : Array Nat) : Array Nat := (unsafeCast (unsafeCast a : Array String) : Array Nat).push 7
#eval spoil #[1, 2, 3]
#eval (#[1, 2, 3] : Array Nat).size
