inductive Rose : Type where
  | node (apply : Rose → Rose) : Rose
