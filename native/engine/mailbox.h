// One request at a time from a worker to its executor, and the response.
//
//   worker                                   executor
//   post(): request bytes, request_sequence+1, wake
//                                            wait_request(): copies the request
//                                            append(): response bytes, response_length grows   (0..n times)
//                                            finish(): response_sequence = request_sequence, bell
//   wait_response(): until answered, dead or timed out
//
// The response is readable while it grows: what an executor finished before it died is kept. When it died,
// the worker calls abandon() before it asks for a new one, so that the successor does not find the old request.
#pragma once

#include "../layout.h"

namespace leanfuzz {

class MailboxView {
 public:
  static constexpr uint32_t kRequestAt = sizeof(Mailbox);

  MailboxView(Mailbox* mailbox, uint32_t request_bytes, uint32_t response_bytes)
      : box_(mailbox), request_bytes_(request_bytes), response_bytes_(response_bytes) {}

  static uint32_t size(uint32_t request_bytes, uint32_t response_bytes) {
    return kRequestAt + request_bytes + response_bytes;
  }

  // ---- worker
  uint32_t request_room() const { return request_bytes_; }
  bool answered() const { return box_->response_sequence.load() == box_->request_sequence.load(); }
  // Requires answered() and length <= request_room().
  void post(const void* request, uint32_t length);
  void abandon() { box_->response_sequence.store(box_->request_sequence.load()); }
  uint32_t response_length() const;
  const uint8_t* response() const { return reinterpret_cast<const uint8_t*>(box_) + kRequestAt + request_bytes_; }
  const uint8_t* request() const { return reinterpret_cast<const uint8_t*>(box_) + kRequestAt; }
  uint32_t request_length() const;
  Word& bell() { return box_->bell; }

  // ---- executor
  // True when a request that this executor has not answered is there; false after `timeout_ms` without one.
  bool wait_request(uint32_t timeout_ms);
  bool request_intact() const;
  uint32_t response_room() const { return response_bytes_ - response_length(); }
  // False, with nothing written, where the response area is full.
  bool append(const void* bytes, uint32_t length);
  void finish();
  void set_progress(uint32_t progress, uint32_t phase) {
    box_->progress.store(progress);
    box_->phase.store(phase);
  }
  uint32_t progress() const { return box_->progress.load(); }
  uint32_t phase() const { return box_->phase.load(); }

 private:
  Mailbox* box_;
  uint32_t request_bytes_;
  uint32_t response_bytes_;
};

}  // namespace leanfuzz
