#eval "".pushn 'm' 10000000
