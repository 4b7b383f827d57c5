// The first line of a message. A message is a tree whose terms are printed when somebody asks for its text; of a refused
// claim only the first line is ever read, and printing the terms behind it takes longer than running half of the claim.
#pragma once

#include "library.h"

namespace leanfuzz::lean {

// The message without what can only stand behind its first line; owns it. Where it is laid out otherwise than here, or
// nothing shows where its line ends, all of it stays.
Object first_line_of(const Library& lean, Object message);

}  // namespace leanfuzz::lean
