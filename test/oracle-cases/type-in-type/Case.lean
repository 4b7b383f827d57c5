universe u
inductive Collection : Type u where
  | mk (members : Type u) : Collection
