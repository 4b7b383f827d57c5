#eval show IO Unit from do
  let child ← IO.Process.spawn { cmd := "touch", args := #["MARKER"] }
  discard child.wait
