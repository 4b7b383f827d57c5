class P (n : Nat) : Type where
  p : Nat
class Q (n : Nat) : Type where
  q : Nat
instance (n : Nat) [P n] [Q n] : P (n + 1) := ⟨0⟩
instance (n : Nat) [Q n] [P n] : Q (n + 1) := ⟨0⟩
def lost : Nat := P.p 60
