/-! What every candidate may build on. Empty on purpose: Lean's own Init is enough to be unsound in. -/
