unsafe def wild : Nat := (unsafeCast (12345678 : Nat) : Nat → Nat) 1
#eval wild
