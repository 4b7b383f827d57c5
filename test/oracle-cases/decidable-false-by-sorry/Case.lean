instance : Decidable False := .isTrue sorry
