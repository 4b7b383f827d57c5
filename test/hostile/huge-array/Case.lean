#eval (Array.replicate 2000000000 0).size
