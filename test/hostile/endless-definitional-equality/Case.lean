def ack : Nat → Nat → Nat
  | 0, n => n + 1
  | m + 1, 0 => ack m 1
  | m + 1, n + 1 => ack m (ack (m + 1) n)
set_option maxHeartbeats 0
theorem long : ack 4 2 = 0 := by rfl
