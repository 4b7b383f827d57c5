syntax "again" : term
macro_rules | `(again) => `(again)
def a : Nat := again
