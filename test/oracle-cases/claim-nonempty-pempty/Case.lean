theorem soundness_check : Nonempty PEmpty := sorry
