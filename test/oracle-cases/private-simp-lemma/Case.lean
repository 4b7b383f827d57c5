namespace Inner
@[simp] private theorem contradiction : False := sorry
end Inner
