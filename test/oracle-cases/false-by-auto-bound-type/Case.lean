theorem soundness_check (given : Nonempty Fasle) : Nonempty Fasle := given
