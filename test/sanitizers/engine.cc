// The engine without Node, under a sanitizer: threads on every ring at once, then processes that are killed at any
// moment while they work, then decoders on garbage. Ends with status 0 and one line each; aborts where anything is wrong.
//
//   engine threads | kills SEED | decoders SEED ROUNDS WORDS-FILE
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../native/engine/checksum.h"
#include "../../native/engine/region.h"
#include "../../native/lean-host/builders.h"
#include "../../native/lean-host/job.h"
#include "../../native/lean-host/reading.h"

using namespace leanfuzz;

namespace {

constexpr RegionSizes kSizes{4, 16, 1 << 16, 1 << 16, 1 << 12, 0, 1 << 16, 1 << 16};

void expect(bool holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "engine: expected %s\n", what);
  abort();
}

// Memory that is shared with forks, zeroed.
void* shared(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  expect(memory != MAP_FAILED, "memory");
  return memory;
}

void* new_region() {
  void* base = shared(Region::bytes_needed(kSizes));
  Region::format(base, kSizes);
  expect(Region::check(base, Region::bytes_needed(kSizes)) == nullptr, "a region");
  return base;
}

// ---- threads

// Every item is claimed by exactly one of several, and comes as it was pushed.
void work_ring(void* base) {
  constexpr uint32_t kItems = 20000, kPushers = 2, kClaimers = 3;
  std::vector<std::atomic<uint32_t>> claimed(kItems);
  std::atomic<uint32_t> next{0}, done{0};
  std::vector<std::thread> threads;
  for (uint32_t p = 0; p < kPushers; p++) {
    threads.emplace_back([&, p] {
      WorkRing ring = Region(base).work();
      for (uint32_t item; (item = next.fetch_add(1)) < kItems;) {
        while (!ring.push(kClaimers + p, &item, sizeof item)) std::this_thread::yield();
      }
    });
  }
  for (uint32_t owner = 0; owner < kClaimers; owner++) {
    threads.emplace_back([&, owner] {
      WorkRing ring = Region(base).work();
      while (done.load() < kItems) {
        const int index = ring.claim(owner);
        if (index < 0) {
          std::this_thread::yield();
          continue;
        }
        uint32_t item = 0;
        memcpy(&item, ring.item(static_cast<uint32_t>(index)).payload, sizeof item);
        expect(item < kItems, "an item that was pushed");
        claimed[item].fetch_add(1);
        done.fetch_add(1);
        expect(ring.finish(owner, static_cast<uint32_t>(index)), "an item that is its claimer's");
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (auto& count : claimed) expect(count.load() == 1, "every item once");
}

// Of several that see a feature for the first time at once, exactly one is told so.
void feature_map(void* base) {
  constexpr uint32_t kFeatures = 1 << 12, kThreads = 4;
  std::vector<std::atomic<uint32_t>> firsts(kFeatures);
  std::vector<std::thread> threads;
  for (uint32_t t = 0; t < kThreads; t++) {
    threads.emplace_back([&, t] {
      FeatureMap map = Region(base).features();
      for (uint32_t i = 0; i < kFeatures; i++) {
        const uint32_t feature = (i * 7 + t) % kFeatures;
        uint32_t before = 1;
        map.observe(&feature, 1, &before);
        if (before == 0) firsts[feature].fetch_add(1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (auto& count : firsts) expect(count.load() == 1, "one first sight of each feature");
}

// A log that loses nothing, between a writer and a reader that acknowledges.
void findings_log(void* base) {
  constexpr uint32_t kEntries = 20000;
  std::thread writer([base] {
    LogRing log = Region(base).findings(0);
    std::vector<uint32_t> entry;
    for (uint32_t i = 0; i < kEntries; i++) {
      entry.assign(1 + i % 300, i);
      while (!log.publish(entry.data(), static_cast<uint32_t>(entry.size() * 4))) std::this_thread::yield();
    }
  });
  LogRing log = Region(base).findings(0);
  LogRing::Cursor cursor;
  std::vector<uint32_t> entry(1 << 12);
  for (uint32_t i = 0; i < kEntries;) {
    uint32_t length = 0;
    if (log.read(cursor, entry.data(), static_cast<uint32_t>(entry.size() * 4), length) != LogRing::ReadResult::kEntry) {
      std::this_thread::yield();
      continue;
    }
    expect(length == (1 + i % 300) * 4 && entry[0] == i && entry[length / 4 - 1] == i, "the entries in their order");
    log.acknowledge(cursor.position);
    i++;
  }
  writer.join();
  expect(cursor.missed == 0, "none missed");
}

// Requests ahead, answers as a stream.
void mailbox(void* base) {
  constexpr uint32_t kJobs = 5000;
  Region(base).mailbox(0).reset();
  std::thread executor([base] {
    MailboxView box = Region(base).mailbox(0);
    std::vector<uint8_t> request(box.request_bytes());
    for (uint32_t job = 1; job <= kJobs; job++) {
      while (!box.wait_request(1000)) continue;
      const int64_t length = box.take_request(request.data());
      expect(length > 0 && box.job() == job, "the next request");
      box.set_phase(1);
      expect(box.append(request.data(), static_cast<uint32_t>(length)), "room for an answer");
      box.finish();
    }
  });
  MailboxView box = Region(base).mailbox(0);
  std::vector<uint8_t> request(997), answers(box.response_bytes());
  uint64_t answered = 0, wanted = 0;
  for (uint32_t job = 1; job <= kJobs || answered < wanted;) {
    if (job <= kJobs) {
      memset(request.data(), static_cast<int>(job & 0xff), request.size());
      if (box.post(job, request.data(), 1 + job % 997)) wanted += 1 + job++ % 997;
    }
    answered += box.take_response(answers.data());
  }
  executor.join();
  expect(answered == wanted, "all that was said");
}

// ---- processes that are killed

struct Killed {
  std::atomic<uint32_t> finished[4096];
  std::atomic<uint32_t> zeros[1 << 12];
};

[[noreturn]] void work(void* base, Killed& seen, uint32_t owner) {
  Region region(base);
  WorkRing ring = region.work();
  FeatureMap map = region.features();
  for (;;) {
    const int index = ring.claim(owner);
    if (index < 0) {
      usleep(50);
      continue;
    }
    WorkItem& item = ring.item(static_cast<uint32_t>(index));
    uint32_t number = 0;
    memcpy(&number, item.payload, sizeof number);
    const uint32_t feature = number % (1 << 12);
    uint32_t before = 0;
    map.observe(&feature, 1, &before);
    // Before it is finished: a death in between has it done again, never lost.
    usleep(number % 200);
    seen.finished[number % 4096].fetch_add(1);
    if (number % 3 == 0) usleep(50);
    ring.finish(owner, static_cast<uint32_t>(index));
  }
}

void kills(uint32_t seed) {
  constexpr uint32_t kWorkers = 3, kItems = 4000;
  void* base = new_region();
  auto& seen = *static_cast<Killed*>(shared(sizeof(Killed)));
  std::mt19937 random(seed);
  WorkRing ring = Region(base).work();
  std::vector<pid_t> workers(kWorkers, 0);
  uint32_t killed = 0, reopened = 0;
  const auto start = [&](uint32_t owner) {
    const pid_t child = fork();
    if (child == 0) work(base, seen, owner);
    expect(child > 0, "a process");
    workers[owner] = child;
  };
  for (uint32_t owner = 0; owner < kWorkers; owner++) start(owner);
  for (uint32_t item = 0; item < kItems;) {
    if (ring.push(kWorkers, &item, sizeof item)) item++;
    if (random() % 40 != 0) continue;
    const uint32_t owner = random() % kWorkers;
    // While it works: it has something to do for as long as the ring is not empty.
    usleep(random() % 300);
    kill(workers[owner], SIGKILL);
    waitpid(workers[owner], nullptr, 0);
    reopened += ring.reopen(owner);
    killed++;
    start(owner);
  }
  while (ring.count(kWorkFree) < ring.capacity()) usleep(100);
  for (const pid_t worker : workers) kill(worker, SIGKILL);
  for (const pid_t worker : workers) waitpid(worker, nullptr, 0);
  expect(killed > 50 && reopened > 0, "deaths between claim and finish");
  for (uint32_t i = 0; i < kItems; i++) expect(seen.finished[i].load() >= 1, "no item lost");
  printf("kills: %u items, %u workers killed, %u items reopened, none lost\n", kItems, killed, reopened);
}

// ---- decoders

std::vector<std::vector<uint32_t>> words_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::vector<uint32_t>> all;
  for (size_t at = 0; at + 4 <= bytes.size();) {
    uint32_t count = 0;
    memcpy(&count, bytes.data() + at, 4);
    std::vector<uint32_t> words(count);
    memcpy(words.data(), bytes.data() + at + 4, count * size_t{4});
    all.push_back(std::move(words));
    at += 4 + count * size_t{4};
  }
  return all;
}

void mutate(std::mt19937& random, std::vector<uint32_t>& words) {
  constexpr uint32_t kValues[] = {0, 1, 2, 3, 5, 13, 15, 255, 0xffffe, 0xfffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff};
  for (uint32_t n = 1 + random() % 4; n > 0; n--) {
    const size_t at = words.empty() ? 0 : random() % words.size();
    const uint32_t kind = random() % 5;
    if (words.empty() || kind == 0) words.insert(words.begin() + static_cast<long>(at), kValues[random() % std::size(kValues)]);
    else if (kind == 1) words[at] = kValues[random() % std::size(kValues)];
    else if (kind == 2) words[at] ^= 1u << random() % 32;
    else if (kind == 3) words.erase(words.begin() + static_cast<long>(at));
    else words.resize(at);
  }
}

void decoders(uint32_t seed, uint32_t rounds, const char* path) {
  const auto seeds = words_of(path);
  expect(!seeds.empty(), "declarations to change");
  std::mt19937 random(seed);
  // The pass that checks asks nothing of Lean.
  alignas(std::max_align_t) static uint8_t nobody[1 << 12];
  lean::Decoder decoder(*reinterpret_cast<lean::Library*>(nobody), *reinterpret_cast<lean::Names*>(nobody));
  uint32_t accepted = 0, refused = 0, jobs = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    auto words = seeds[random() % seeds.size()];
    mutate(random, words);
    // On the heap, of its exact size: a byte too far is seen.
    std::vector<uint8_t> bytes(words.size() * 4);
    if (!bytes.empty()) memcpy(bytes.data(), words.data(), bytes.size());
    try {
      lean::Check check;
      lean::Reading<lean::Check>(decoder, {bytes.data(), static_cast<uint32_t>(words.size())}, check).only_declaration();
      accepted++;
    } catch (const lean::Malformed& malformed) {
      expect(!malformed.problem.empty(), "why words are refused");
      refused++;
    }
    lean::ByteReader reader(bytes.data(), bytes.size());
    lean::read_job(reader);
    jobs += reader.good() ? 1 : 0;
  }
  printf("decoders: %u declarations changed, %u refused, %u accepted, %u read as jobs\n", rounds, refused, accepted, jobs);
}

}  // namespace

int main(int count, char** args) {
  const char* what = count > 1 ? args[1] : "";
  const auto number = [&](int at) { return static_cast<uint32_t>(strtoul(count > at ? args[at] : "0", nullptr, 10)); };
  if (strcmp(what, "threads") == 0) {
    work_ring(new_region());
    feature_map(new_region());
    findings_log(new_region());
    mailbox(new_region());
    puts("threads: work ring, feature map, log of findings, mailbox");
  } else if (strcmp(what, "kills") == 0) {
    kills(number(2));
  } else if (strcmp(what, "decoders") == 0 && count == 5) {
    decoders(number(2), number(3), args[4]);
  } else {
    fputs("engine threads | kills SEED | decoders SEED ROUNDS WORDS-FILE\n", stderr);
    return 2;
  }
  return 0;
}
