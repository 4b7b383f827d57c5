#include "region.h"

#include <cstring>

#include "../os/memory_file.h"

namespace leanfuzz {

namespace {

bool power_of_two(uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

// Fills in offsets and total; false where the sizes make no sense or the region would not fit 31 bits,
// which is what a typed array index and a futex offset can address without care.
bool plan(const RegionSizes& sizes, Header& header) {
  const bool aligned = sizes.corpus_bytes % kCacheLine == 0 && sizes.findings_bytes % kCacheLine == 0 &&
                       sizes.request_bytes % kCacheLine == 0 && sizes.response_bytes % kCacheLine == 0;
  if (!aligned || !power_of_two(sizes.feature_count) || sizes.worker_count == 0 || sizes.work_capacity == 0) return false;
  if (sizes.executor_count < sizes.worker_count) return false;
  if (sizes.corpus_bytes < 1024 || sizes.findings_bytes < 1024) return false;
  if (sizes.request_bytes < 1024 || sizes.response_bytes < 2 * MailboxView::kLastBytes) return false;
  uint64_t end = 0;
  const auto place = [&end](uint64_t count, uint64_t size, uint64_t alignment = kCacheLine) {
    const uint64_t start = (end + alignment - 1) / alignment * alignment;
    end = start + count * size;
    return static_cast<uint32_t>(start);
  };
  header.magic = kMagic;
  header.version = kLayoutVersion;
  header.worker_count = sizes.worker_count;
  header.executor_count = sizes.executor_count;
  header.work_capacity = sizes.work_capacity;
  header.corpus_bytes = sizes.corpus_bytes;
  header.findings_bytes = sizes.findings_bytes;
  header.feature_count = sizes.feature_count;
  header.block_count = sizes.block_count;
  header.request_bytes = sizes.request_bytes;
  header.response_bytes = sizes.response_bytes;
  place(1, sizeof(Header));
  header.slots_at = place(sizes.executor_count, sizeof(WorkerSlot));
  header.work_at = place(1, WorkRing::kItemsAt + uint64_t{sizes.work_capacity} * sizeof(WorkItem));
  header.corpus_at = place(sizes.worker_count, sizes.corpus_bytes);
  header.findings_at = place(sizes.worker_count, sizes.findings_bytes);
  header.features_at = place(sizes.feature_count, sizeof(Word));
  // These on pages of their own: executors keep them, and nothing else.
  header.blocks_at = place(BlockMap::words(sizes.block_count), sizeof(Word), kPage);
  header.mailboxes_at =
      place(sizes.executor_count, MailboxView::size(sizes.request_bytes, sizes.response_bytes), kPage);
  header.total_bytes = static_cast<uint32_t>(end);
  return end <= 0x7fffffff;
}

RegionSizes sizes_of(const Header& header) {
  return {header.worker_count,   header.executor_count, header.work_capacity, header.corpus_bytes,  header.findings_bytes,
          header.feature_count, header.block_count,    header.request_bytes, header.response_bytes};
}

constexpr size_t kPlanned = offsetof(Header, response_bytes) + sizeof(uint32_t);

}  // namespace

uint32_t Region::bytes_needed(const RegionSizes& sizes) {
  Header header{};
  return plan(sizes, header) ? header.total_bytes : 0;
}

Region::Region(void* base) : base_(base), sizes_(sizes_of(*static_cast<const Header*>(base))) {
  Header planned{};
  plan(sizes_, planned);
  slots_at_ = planned.slots_at;
  work_at_ = planned.work_at;
  corpus_at_ = planned.corpus_at;
  findings_at_ = planned.findings_at;
  features_at_ = planned.features_at;
  blocks_at_ = planned.blocks_at;
  mailboxes_at_ = planned.mailboxes_at;
  total_bytes_ = planned.total_bytes;
}

void Region::format(void* base, const RegionSizes& sizes) { plan(sizes, *static_cast<Header*>(base)); }

const char* Region::check(const void* base, size_t bytes) {
  const auto& found = *static_cast<const Header*>(base);
  if (bytes < sizeof(Header) || found.magic != kMagic) return "not a lean-fuzz region";
  if (found.version != kLayoutVersion) return "a region of another layout version";
  // The offsets follow from the sizes: planning again and comparing leaves nothing to trust.
  Header expected{};
  if (!plan(sizes_of(found), expected) || memcmp(&found, &expected, kPlanned) != 0) return "a damaged region header";
  return expected.total_bytes <= bytes ? nullptr : "a region that is cut short";
}

MailboxView Region::mailbox(uint32_t executor) {
  const uint32_t size = MailboxView::size(sizes_.request_bytes, sizes_.response_bytes);
  return MailboxView(at<Mailbox>(base_, mailboxes_at_ + executor * size), sizes_.request_bytes, sizes_.response_bytes);
}

MailboxView Region::keep_mailbox(uint32_t executor) {
  const MailboxView kept = mailbox(executor);
  const uint32_t size = MailboxView::size(sizes_.request_bytes, sizes_.response_bytes);
  const uint32_t start = mailboxes_at_ + executor * size, end = start + size;
  os::unmap(at<uint8_t>(base_, end), total_bytes_ - end);
  os::unmap(at<uint8_t>(base_, mailboxes_at_), start - mailboxes_at_);
  os::unmap(base_, blocks_at_);
  return kept;
}

}  // namespace leanfuzz
