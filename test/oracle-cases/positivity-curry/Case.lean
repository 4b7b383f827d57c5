inductive Curry : Type where
  | fold (unfold : Curry → False) : Curry
def Curry.run : Curry → False
  | .fold unfold => unfold (.fold unfold)
theorem soundness_check : False := Curry.run (.fold Curry.run)
