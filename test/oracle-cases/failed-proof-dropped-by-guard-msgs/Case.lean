#guard_msgs (drop all) in
theorem soundness_check : False := trivial
