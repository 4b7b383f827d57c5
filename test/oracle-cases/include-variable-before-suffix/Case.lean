section
variable (given : False)
include given
