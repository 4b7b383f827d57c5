unsafe def loop : False := loop
#guard_msgs (drop all) in
theorem bad : False := loop
theorem soundness_check : False := bad
