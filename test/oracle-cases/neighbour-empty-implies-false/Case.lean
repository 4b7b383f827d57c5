theorem honest : Empty → False := nofun
