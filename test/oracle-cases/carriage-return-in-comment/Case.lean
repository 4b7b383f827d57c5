-- shown as two linestheorem soundness_check : False := sorry
