theorem honest : (p : Prop) → p → p := fun _ h => h
