theorem same_class : Quot.mk (fun _ _ : Nat => True) 0 = Quot.mk _ 1 := Quot.sound True.intro
theorem is_true (p : Prop) (given : p) : p = True := propext ⟨fun _ => True.intro, fun _ => given⟩
noncomputable def pick (α : Type) (given : Nonempty α) : α := Classical.choice given
theorem pick_eq (given : Nonempty Unit) : pick Unit given = () := rfl

theorem soundness_check : ∃ p : Prop, p = True ∧ pick Unit ⟨()⟩ = () := ⟨True, is_true True True.intro, pick_eq _⟩
