theorem canary_1_bad : True := True.intro
axiom canary_2_good : True
