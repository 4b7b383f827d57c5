set_option maxHeartbeats 1
