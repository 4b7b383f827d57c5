theorem soundness_check (given : Fasle ∧ Fasle) : Fasle := given.1
