#eval IO.FS.writeFile "MARKER" "escaped"
