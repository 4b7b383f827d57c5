notation "soundness_check" => True.intro
