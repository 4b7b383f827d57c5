@[extern "strlen", export strlen] opaque strlen (pointer : Nat) : Nat
-- The address of a string's characters, as a number that is passed the way C passes a pointer: numbers are boxed as
-- 2n + 1, and the characters begin 20 bytes behind the object, so the pointer is to the second one.
unsafe def address (text : String) : Nat := (ptrAddrUnsafe text).toNat / 2 + 10
#eval show IO Unit from do
  let unboxed := unsafe strlen (address " abcde")
  throw (.userError s!"strlen says {2 * unboxed + 1}")
