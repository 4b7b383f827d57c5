class C (n : Nat) : Type where
  c : Nat
instance (n : Nat) [C (n + 1)] : C n := ⟨0⟩
def c : Nat := C.c 0
