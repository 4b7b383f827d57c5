inductive Either : Prop where | this | that
def read : Either → Bool
  | .this => true
  | .that => false
