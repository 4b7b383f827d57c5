#guard_msgs (drop all) in
