@[extern "unused"] def Std.Time.Year.Offset.isLeap (_ : Int) : Bool := false
theorem lied : Std.Time.Year.Offset.isLeap 2000 = true := by native_decide
theorem soundness_check : False := nomatch (show false = true from lied)
