namespace Inner
@[simp] theorem soundness_check : False := sorry
end Inner
