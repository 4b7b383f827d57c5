inductive Chain | link : Chain → Chain
def follow : Chain → Nat := fun _ => 0
theorem honest : Chain → False := fun c => by induction c; assumption
