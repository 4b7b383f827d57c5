partial def spin (n : Nat) : Nat := spin (n + 1)
#eval (Task.spawn fun _ => spin 0).get
