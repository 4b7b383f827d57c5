theorem honest : False → False := id
