mutual
inductive Left : Type where
  | fold (size : Nat) (unfold : Right → False) : Left
inductive Right : Type where
  | wrap (inner : List Left) (first : Left) : Right
end
def Right.run : Right → False
  | .wrap _ (.fold size unfold) => unfold (.wrap [] (.fold size unfold))

structure Packed.{u} (α : Sort u) where
  value : α
  text : String := "a\x00b«é𝔸"
  big : Nat := 123456789012345678901234567890
class Holder (n : Nat) where
  held : Fin (n + 1)
instance : Holder 3 := ⟨2⟩
inductive Tree.{v} (α : Type v) : Type v where
  | node (label : α) (children : List (Tree α)) : Tree α
def sample : Tree (Packed Nat) := .node { value := 18446744073709551616 } [.node { value := 1 } []]
def count : Nat → Nat
  | 0 => 0
  | n + 1 => count n + 1
def halve (n : Nat) : Nat := if n < 2 then n else halve (n / 2)
termination_by n

theorem soundness_check : False :=
  have _ := sample
  have _ : Packed.text { value := 1 } = "a\x00b«é𝔸" := rfl
  let held := (inferInstance : Holder 3).held
  Right.run (.wrap [] (.fold (halve (count 3 + held.val)) Right.run))
