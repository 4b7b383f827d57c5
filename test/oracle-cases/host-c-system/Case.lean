@[extern "system", export system] opaque system (pointer : Nat) : Nat
-- The address of a string's characters, as a number that is passed the way C passes a pointer: numbers are boxed as
-- 2n + 1, and the characters begin 20 bytes behind the object, so the pointer is to the second one.
unsafe def address (text : String) : Nat := (ptrAddrUnsafe text).toNat / 2 + 10
-- -1 comes back as the number whose box has all bits set
#eval show IO Unit from do
  let answer := unsafe system (address " touch /tmp/lean-fuzz-oracle-case-escaped")
  throw (.userError s!"system says {if answer == 0x7fffffff then "-1" else toString answer}")
