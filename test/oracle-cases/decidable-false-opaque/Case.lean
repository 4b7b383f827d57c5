@[instance 2000] opaque undecided : Decidable False := .isFalse id
