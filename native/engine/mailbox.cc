#include "mailbox.h"

#include <algorithm>
#include <cstring>

#include "../os/futex.h"
#include "checksum.h"

namespace leanfuzz {

void MailboxView::post(const void* request, uint32_t length) {
  memcpy(reinterpret_cast<uint8_t*>(box_) + kRequestAt, request, length);
  box_->request_checksum = checksum(request, length);
  box_->request_length.store(length);
  box_->response_length.store(0);
  set_progress(0, 0);
  os::ring(box_->request_sequence);
}

// Lengths are bounded on every read: the other side may have been killed, or have run wild, at any point.
uint32_t MailboxView::response_length() const { return std::min(box_->response_length.load(), response_bytes_); }
uint32_t MailboxView::request_length() const { return std::min(box_->request_length.load(), request_bytes_); }

bool MailboxView::wait_request(uint32_t timeout_ms) {
  const uint32_t answered_sequence = box_->response_sequence.load();
  if (box_->request_sequence.load() != answered_sequence) return true;
  os::futex_wait(box_->request_sequence, answered_sequence, timeout_ms);
  return box_->request_sequence.load() != answered_sequence;
}

bool MailboxView::request_intact() const {
  return box_->request_length.load() <= request_bytes_ && checksum(request(), request_length()) == box_->request_checksum;
}

bool MailboxView::append(const void* bytes, uint32_t length) {
  const uint32_t used = response_length();
  if (length > response_bytes_ - used) return false;
  memcpy(const_cast<uint8_t*>(response()) + used, bytes, length);
  box_->response_length.store(used + length);
  return true;
}

void MailboxView::finish() {
  box_->response_sequence.store(box_->request_sequence.load());
  os::ring(box_->bell);
}

}  // namespace leanfuzz
