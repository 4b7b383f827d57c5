instance (priority := high) liar : BEq Nat := ⟨fun _ _ => true⟩
structure Wrapped where
  number : Nat
deriving BEq, LawfulBEq
