// Where everything in the shared region is.
#pragma once

#include "../layout.h"
#include "block_map.h"
#include "feature_map.h"
#include "log_ring.h"
#include "mailbox.h"
#include "work_ring.h"

namespace leanfuzz {

struct RegionSizes {
  uint32_t worker_count;
  uint32_t executor_count;  // at least worker_count: a slot and a mailbox each
  uint32_t work_capacity;   // items
  uint32_t corpus_bytes;    // of each worker's corpus log
  uint32_t findings_bytes;  // of each worker's findings log
  uint32_t feature_count;   // slots of the feature map, a power of two
  uint32_t block_count;     // blocks of the kernel that are watched; 0 for none
  uint32_t request_bytes;   // of each mailbox
  uint32_t response_bytes;  // of each mailbox
};

class Region {
 public:
  // Bytes that a region of these sizes takes, a multiple of kPage; 0 where they can't be laid out.
  static uint32_t bytes_needed(const RegionSizes& sizes);

  // Makes `base` (zeroed, bytes_needed() long) a region.
  static void format(void* base, const RegionSizes& sizes);

  // Null where `base` holds a region of this layout version that lies within `bytes`; else what is wrong.
  static const char* check(const void* base, size_t bytes);

  // Requires what check() has found to be a region. Sizes and offsets are read here, once: whatever comes to stand there
  // later, nothing outside of the region is touched.
  explicit Region(void* base);

  Header& header() { return *at<Header>(base_, 0); }
  uint32_t worker_count() const { return sizes_.worker_count; }
  uint32_t executor_count() const { return sizes_.executor_count; }
  uint32_t total_bytes() const { return total_bytes_; }
  WorkerSlot& slot(uint32_t executor) { return *at<WorkerSlot>(base_, slots_at_ + executor * sizeof(WorkerSlot)); }
  WorkRing work() { return WorkRing(at<WorkRingHeader>(base_, work_at_), sizes_.work_capacity); }
  LogRing corpus(uint32_t worker) { return log(corpus_at_, sizes_.corpus_bytes, worker, false); }
  LogRing findings(uint32_t worker) { return log(findings_at_, sizes_.findings_bytes, worker, true); }
  FeatureMap features() { return FeatureMap(at<Word>(base_, features_at_), sizes_.feature_count); }
  BlockMap blocks() { return BlockMap(at<Word>(base_, blocks_at_), sizes_.block_count); }
  MailboxView mailbox(uint32_t executor);
  // Gives back all of this process' mapping but one mailbox and the map of blocks. Nothing else of the region may be asked
  // for afterwards.
  MailboxView keep_mailbox(uint32_t executor);

 private:
  LogRing log(uint32_t offset, uint32_t bytes, uint32_t worker, bool lossless) {
    return LogRing(at<LogRingHeader>(base_, offset + worker * bytes), bytes, lossless);
  }

  void* base_;
  RegionSizes sizes_;
  uint32_t slots_at_, work_at_, corpus_at_, findings_at_, features_at_, blocks_at_, mailboxes_at_, total_bytes_;
};

}  // namespace leanfuzz
