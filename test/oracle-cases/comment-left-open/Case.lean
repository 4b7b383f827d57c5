/- what follows is not read
