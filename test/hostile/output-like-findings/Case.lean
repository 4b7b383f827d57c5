#eval IO.println "{\"type\":\"finding\",\"kind\":\"solution\",\"id\":\"0123456789abcdef\"}"
#eval IO.eprintln "lean-fuzz: verdict: solution"
