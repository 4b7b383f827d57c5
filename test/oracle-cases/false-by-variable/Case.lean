variable (False : Prop) (given : False)
include given
