namespace X
def False : Prop := True
theorem soundness_check : False := True.intro
end X
open X
