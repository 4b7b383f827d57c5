structure Point where
  x : Nat
instance : Inhabited Point := ⟨⟨0⟩⟩
instance : Nonempty Point := ⟨⟨1⟩⟩
