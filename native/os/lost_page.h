// The end of a process under which a mapped file was cut short.
#pragma once

namespace leanfuzz::os {

// From now on a SIGBUS (a page of a mapped file is not there any more, or could not be read) ends the process with one
// line on standard error that names the file, and with `status`. Where the page is of no file, the process ends by the
// signal as it always did.
void end_at_lost_page(int status);

}  // namespace leanfuzz::os
