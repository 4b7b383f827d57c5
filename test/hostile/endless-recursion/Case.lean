partial def deep (n : Nat) : Nat := deep (n + 1) + 1
#eval deep 0
