@[extern "socket"] opaque socket (domain type protocol : UInt32) : UInt32
@[extern "connect"] opaque connect (socket : UInt32) (address : @& String) (length : UInt32) : UInt32
#eval connect (socket 2 1 0) "\x02\x00\x00\x50\x7f\x00\x00\x01" 16
