#eval IO.sleep 2600000000
