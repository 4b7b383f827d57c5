#eval IO.FS.writeFile "/tmp/lean-fuzz-oracle-case-escaped" "written by a judged text"
