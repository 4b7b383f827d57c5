// The shared region, byte by byte. README.md beside this file draws it; src/share/layout.ts asks the addon for it,
// and test/integration/layout.test.ts looks that the addon tells of every field.
//
// Rules that every field obeys:
//  - little endian, naturally aligned, no pointers: the region is mapped at another address in each process;
//  - a word that two processes write is std::atomic; a word that is plain is written before the region is shared;
//  - whatever one process rings for another (a futex word) is called *_bell and only ever counts up;
//  - any word may hold garbage: what a reader would believe (sizes, offsets, process numbers) it has of its own, and what it
//    reads is looked at before it is used.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace leanfuzz {

constexpr uint32_t kMagic = 0x5a46454c;  // "LEFZ"
constexpr uint32_t kLayoutVersion = 7;
constexpr uint32_t kCacheLine = 64;
constexpr uint32_t kPage = 65536;  // one WebAssembly page: the region is overlaid on a WebAssembly.Memory. No machine's pages are larger

constexpr uint32_t align_up(uint32_t bytes, uint32_t to) { return (bytes + to - 1) / to * to; }

using Word = std::atomic<uint32_t>;
using Counter = std::atomic<uint64_t>;
static_assert(sizeof(Word) == 4 && sizeof(Counter) == 8, "atomics must be plain words in memory");
static_assert(Word::is_always_lock_free && Counter::is_always_lock_free, "atomics must not hide a lock");

enum StopRequest : uint32_t { kRun = 0, kFinish = 1, kNow = 2 };
enum ZygoteState : uint32_t { kZygoteBooting = 0, kZygoteReady = 1, kZygoteFailed = 2 };
enum ExecutorState : uint32_t { kExecutorNone = 0, kExecutorRunning = 1, kExecutorDead = 2, kExecutorRefused = 3 };
enum WorkState : uint32_t { kWorkFree = 0, kWorkWriting = 1, kWorkReady = 2, kWorkTaken = 3 };

struct Header {
  // Written once, by the process that creates the region, and read once by each that opens it: see Region.
  uint32_t magic;
  uint32_t version;
  uint32_t total_bytes;
  uint32_t worker_count;
  uint32_t executor_count;
  uint32_t slots_at;
  uint32_t work_at;
  uint32_t corpus_at;
  uint32_t findings_at;
  uint32_t features_at;
  uint32_t blocks_at;
  uint32_t mailboxes_at;
  uint32_t work_capacity;
  uint32_t corpus_bytes;
  uint32_t findings_bytes;
  uint32_t feature_count;
  uint32_t block_count;
  uint32_t request_bytes;
  uint32_t response_bytes;
  // Campaign control.
  alignas(kCacheLine) Word stop;
  Word primary_bell;  // rung for the primary: a finding, a freed work slot, a worker that finished
  // The zygote.
  alignas(kCacheLine) Word zygote_bell;  // rung for the zygote: a fork or kill request, SIGCHLD, stop
  Word zygote_state;
  Word zygote_pid;
  Word forks;
  Word fork_micros;           // duration of the newest fork
  Word zygote_beat;           // counted up each time around its loop, at least once a second
  Word zygote_message_bytes;  // UTF-8: while it boots, the step that it takes; when it failed, why
  char zygote_message[484];
};
static_assert(sizeof(Header) == 704, "Header");

// One per executor: a worker's first one has the worker's number, and where there is one aside, that has worker_count more.
// Of a slot of one aside, only executor_* is used. The three groups are on lines of their own: different processes write them.
struct WorkerSlot {
  // Written by the worker.
  Word worker_pid;
  Word corpus_published;
  Word executor_wanted;  // generation that the worker asks for; 0 = none yet
  Word executor_kill;    // generation that the worker wants dead
  Word worker_beat;      // counted up about once a second, for as long as its event loop turns
  // Written by the zygote.
  alignas(kCacheLine) Word executor_generation;
  Word executor_state;
  Word executor_pid;
  Word executor_wait_status;  // dead: as waitpid(2) gave it; refused: the errno of fork(2)
  // Written by the worker, read by the primary.
  alignas(kCacheLine) Counter candidates;
  Counter tests;
  Counter declarations;
  Counter declarations_accepted;
  Counter lean_micros;
  Counter restarts;
  Counter timeouts;
  Counter crashes;
  Counter out_of_memory;
  Counter dropped;
  Counter missed;
  Counter leads;
  Counter solutions;
  Counter generate_micros;
  Counter judge_micros;
  Counter features;
  Counter killed;
  Counter canaries;
  Counter canaries_wrong;
};
static_assert(sizeof(WorkerSlot) == 320, "WorkerSlot");

struct WorkRingHeader {
  Word ready_bell;  // rung when an item becomes ready
  Word head_hint;   // where a reader looks first
  Word tail_hint;   // where a writer looks first
};
struct WorkItem {
  Word state;     // WorkState in the low byte, owner + 1 above it
  Word attempts;  // how often it was claimed
  Word progress;  // how much of it its owner has finished, in the owner's own unit
  uint32_t length;
  uint32_t checksum;
  uint8_t payload[492];
};
static_assert(sizeof(WorkItem) == 512, "WorkItem");

struct LogRingHeader {
  Counter reserved;   // position up to which bytes may be in flux
  Counter published;  // position up to which entries are complete
  Counter entries;    // how many entries were ever published
  Counter acknowledged;
};
static_assert(sizeof(LogRingHeader) == 32, "LogRingHeader");
struct LogEntry {
  uint32_t length;  // payload bytes, or kLogSkip
  uint32_t checksum;
  uint64_t sequence;  // entries before this one
};
constexpr uint32_t kLogSkip = 0xffffffff;  // the rest of the data area is unused, go on at its start

struct Mailbox {
  // Written by the worker. Positions count bytes since the executor was forked.
  Counter request_written;
  Counter response_read;
  Word request_bell;  // rung for the executor: a request, or room for a response
  Word recycle_jobs;  // an executor that has run so many jobs, or uses more memory, ends behind a job
  Word recycle_bytes;
  // Written by the executor. response_written grows while it works, so that what was finished survives its death.
  alignas(kCacheLine) Counter request_read;
  Counter response_written;
  Word job;    // number of the job that it took last; 0 = none yet
  Word phase;  // what is being done with it, in the executor's own code
  // Rung for the worker: by the executor behind each job, by the zygote on a death.
  alignas(kCacheLine) Word bell;
};
static_assert(sizeof(Mailbox) == 192, "Mailbox");
// In the request ring, before the bytes of each job.
struct RequestHeader {
  uint32_t length;
  uint32_t checksum;
  uint32_t job;
};
static_assert(sizeof(RequestHeader) == 12, "RequestHeader");

template <typename T>
T* at(void* base, uint32_t offset) {
  return reinterpret_cast<T*>(static_cast<uint8_t*>(base) + offset);
}

}  // namespace leanfuzz
