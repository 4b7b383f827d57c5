#include "mailbox.h"

#include "../os/futex.h"
#include "checksum.h"

namespace leanfuzz {

void MailboxView::reset() {
  requests().reset();
  responses().reset();
  box_->job.store(0);
  box_->phase.store(0);
}

bool MailboxView::post(uint32_t job, const void* request, uint32_t length) {
  ByteRing ring = requests();
  const RequestHeader header{length, checksum(request, length), job};
  if (ring.room() < sizeof header + length) return false;
  ring.put(0, &header, sizeof header);
  ring.put(sizeof header, request, length);
  ring.publish(sizeof header + length);
  os::ring(box_->request_bell);
  return true;
}

uint32_t MailboxView::take_response(void* into) {
  ByteRing ring = responses();
  const uint32_t length = ring.used();
  if (length == 0) return 0;
  ring.copy(0, into, length);
  ring.release(length);
  os::ring(box_->request_bell);
  return length;
}

void MailboxView::limit(uint32_t jobs, uint32_t bytes) {
  box_->recycle_jobs.store(jobs);
  box_->recycle_bytes.store(bytes);
}

bool MailboxView::wait_request(uint32_t timeout_ms) {
  // The bell is read before the ring: a request that comes in between has rung it, and the wait returns at once.
  const uint32_t bell = box_->request_bell.load();
  if (requests().used() > 0) return true;
  os::futex_wait(box_->request_bell, bell, timeout_ms);
  return requests().used() > 0;
}

int64_t MailboxView::take_request(void* into) {
  ByteRing ring = requests();
  RequestHeader header;
  const uint32_t used = ring.used();
  if (used < sizeof header) return -1;
  ring.copy(0, &header, sizeof header);
  if (header.length > used - sizeof header) return -1;
  ring.copy(sizeof header, into, header.length);
  if (checksum(into, header.length) != header.checksum) return -1;
  // The phase first: a worker that sees the new job must not see the old one's phase.
  box_->phase.store(0);
  box_->job.store(header.job);
  ring.release(sizeof header + header.length);
  return header.length;
}

bool MailboxView::append(const void* bytes, uint32_t length) {
  ByteRing ring = responses();
  if (length > response_bytes_ - kLastBytes) return false;
  for (;;) {
    const uint32_t bell = box_->request_bell.load();
    if (ring.room() >= length + kLastBytes) break;
    os::ring(box_->bell);
    os::futex_wait(box_->request_bell, bell, 1000);
  }
  ring.put(0, bytes, length);
  ring.publish(length);
  return true;
}

bool MailboxView::append_last(const void* bytes, uint32_t length) {
  ByteRing ring = responses();
  if (ring.room() < length) return false;
  ring.put(0, bytes, length);
  ring.publish(length);
  return true;
}

void MailboxView::finish() { os::ring(box_->bell); }

}  // namespace leanfuzz
