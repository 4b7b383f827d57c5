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
unsafe def eat (l : List Nat) : List Nat := eat (List.cons nine l)
@[implemented_by eat] def eats (l : List Nat) : List Nat := l
-- next
@[macro Lean.Parser.Term.app] def acts : Lean.Macro := fun _ _ s =>
  match (eats List.nil) with
  | List.nil => Lean.Said.error one s
  | List.cons _ _ => Lean.Said.error uno s
-- next
def victim : Nat := Nat.succ Nat.zero
