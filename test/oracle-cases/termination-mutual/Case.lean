mutual
theorem chicken : False := soundness_check
theorem soundness_check : False := chicken
end
