// Requests from a worker to its executor, several in flight, and what comes of them. README.md draws the protocol.
#pragma once

#include "byte_ring.h"

namespace leanfuzz {

class MailboxView {
 public:
  static constexpr uint32_t kRequestAt = sizeof(Mailbox);
  // Of the response ring, for the last event of an executor that is lost.
  static constexpr uint32_t kLastBytes = 4096;

  MailboxView(Mailbox* mailbox, uint32_t request_bytes, uint32_t response_bytes)
      : box_(mailbox), request_bytes_(request_bytes), response_bytes_(response_bytes) {}

  // On pages of its own: an executor that must not touch anything else keeps these only.
  static uint32_t size(uint32_t request_bytes, uint32_t response_bytes) {
    return align_up(kRequestAt + request_bytes + response_bytes, kPage);
  }

  // ---- the zygote, while there is no executor and the worker waits for one
  void reset();

  // ---- worker
  // The longest request that can ever fit.
  uint32_t request_room() const { return request_bytes_ - static_cast<uint32_t>(sizeof(RequestHeader)); }
  // False, with nothing written, while there is no room. Requires length <= request_room().
  bool post(uint32_t job, const void* request, uint32_t length);
  // Moves what the executor has said into `into`, which holds response_bytes; returns how much that is.
  uint32_t take_response(void* into);
  void limit(uint32_t jobs, uint32_t bytes);
  uint32_t response_bytes() const { return response_bytes_; }
  uint32_t job() const { return box_->job.load(); }
  uint32_t phase() const { return box_->phase.load(); }
  Word& bell() { return box_->bell; }

  // ---- executor
  // True when a request is there; false after `timeout_ms` without one.
  bool wait_request(uint32_t timeout_ms);
  // Moves the oldest request into `into`, which holds request_bytes; from then on its job is in work. Returns its length,
  // or -1, with nothing moved, for one that is damaged.
  int64_t take_request(void* into);
  uint32_t request_bytes() const { return request_bytes_; }
  // Waits for room. False, with nothing written, for what can never fit.
  bool append(const void* bytes, uint32_t length);
  // Into the room that is kept, without waiting: async-signal-safe.
  bool append_last(const void* bytes, uint32_t length);
  void finish();
  void set_phase(uint32_t phase) { box_->phase.store(phase); }
  // Whether an executor has done enough.
  bool is_spent(uint32_t jobs, uint64_t bytes) const {
    return jobs >= box_->recycle_jobs.load() || bytes > box_->recycle_bytes.load();
  }

 private:
  uint8_t* area(uint32_t offset) const { return reinterpret_cast<uint8_t*>(box_) + kRequestAt + offset; }
  ByteRing requests() const { return {box_->request_written, box_->request_read, area(0), request_bytes_}; }
  ByteRing responses() const {
    return {box_->response_written, box_->response_read, area(request_bytes_), response_bytes_};
  }

  Mailbox* box_;
  uint32_t request_bytes_;
  uint32_t response_bytes_;
};

}  // namespace leanfuzz
