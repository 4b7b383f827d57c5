// An executor: serves one worker's mailbox until the process ends, and writes down why it ended as far as it can.
#pragma once

#include <functional>
#include <memory>

#include "../engine/mailbox.h"
#include "job_runner.h"

namespace leanfuzz::lean {

class Executor : public Events {
 public:
  Executor(JobRunner& runner, MailboxView mailbox) : runner_(runner), mailbox_(mailbox) {}

  // Never returns; for a confined child (confine.h). `begin` runs before the first request.
  [[noreturn]] void serve(const std::function<void()>& begin);

  void begin(uint32_t at) override { mailbox_.set_phase(at); }
  void send(const ByteWriter& event) override;

  // Writes the last event of this process: nothing of it can be believed any more. Async-signal-safe.
  void fatal(const char* kind, const char* message);

 private:
  void answer();
  uint32_t used_bytes() const;

  JobRunner& runner_;
  MailboxView mailbox_;
  std::unique_ptr<uint8_t[]> request_;
  ByteWriter event_;
  // Bytes of results of the job in work.
  uint64_t said_ = 0;
  uint64_t shared_at_fork_ = 0;
  int memory_file_ = -1;
};

}  // namespace leanfuzz::lean
