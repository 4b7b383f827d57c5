opaque Weather : Prop := True
opaque climate (given : ¬ Weather) : ¬ Weather := given
theorem honest : ¬ (1 = 2) := by decide
