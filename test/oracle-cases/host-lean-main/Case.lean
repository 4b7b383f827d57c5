@[extern "lean_main", export lean_main] opaque leanMain (count arguments : Nat) : Nat
#eval leanMain 0 0
