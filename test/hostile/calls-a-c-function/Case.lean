@[extern "system"] opaque system (command : @& String) : UInt32
#eval system "touch MARKER"
