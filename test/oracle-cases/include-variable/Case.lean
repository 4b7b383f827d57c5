section
variable (given : False)
include given
theorem soundness_check : False := given
