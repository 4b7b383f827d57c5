unsafe def spoil : Nat := Id.run do
  let mut a : Array Nat := unsafeCast "a text that is shared by all"
  for i in [0:4096] do
    a := a.push (i + 1)
  return a.size
#eval spoil
theorem after : False := True.intro
