#eval show IO Unit from do
  let child ← IO.Process.spawn { cmd := "touch", args := #["/tmp/lean-fuzz-oracle-case-escaped"] }
  discard child.wait
