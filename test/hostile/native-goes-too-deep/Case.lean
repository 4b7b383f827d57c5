end
-- next
inductive Lean.Said : Type where | ok (a s : Nat) | error (e s : Nat)
-- next
def Lean.Macro : Type := Nat → Nat → Nat → Lean.Said
-- next
@[noinline] def one : Nat := Nat.succ Nat.zero
-- next
@[noinline] def uno : Nat := Nat.succ Nat.zero
-- next
def nine : Nat := Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ (Nat.succ Nat.zero))))))))
-- next
unsafe def spin (l : List Nat) : List Nat := spin l
@[implemented_by spin] def spins (l : List Nat) : List Nat := l
-- next
unsafe def deep (n : Nat) : List Nat := List.cons n (deep n)
@[implemented_by deep] def deeps (_ : Nat) : List Nat := List.nil
-- next
@[macro Lean.Parser.Term.app] def acts : Lean.Macro := fun _ _ s =>
  match (deeps nine) with
  | List.nil => Lean.Said.error one s
  | List.cons _ _ => Lean.Said.error uno s
-- next
def victim : Nat := Nat.succ Nat.zero
