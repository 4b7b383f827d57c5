@[extern "emscripten_run_script_int", export emscripten_run_script_int] opaque script (pointer : Nat) : Nat
@[extern "strlen", export strlen] opaque strlen (pointer : Nat) : Nat
-- The address of a string's characters, as a number that is passed the way C passes a pointer: numbers are boxed as
-- 2n + 1, and the characters begin 20 bytes behind the object, so the pointer is to the second one.
unsafe def address (text : String) : Nat := (ptrAddrUnsafe text).toNat / 2 + 10
-- what is there is found in this way
#eval unsafe strlen (address " abcde")
#eval unsafe script (address " require('fs').writeFileSync('/tmp/lean-fuzz-oracle-case-escaped', '')")
