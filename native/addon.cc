// Registers what src/native/addon.ts declares; everything else is in binding/, engine/ and os/.
#include <napi.h>
#include <unistd.h>

#include <cerrno>

#include "binding/common.h"
#include "os/lost_page.h"
#include "os/memory_file.h"
#include "os/process.h"
#include "os/second_signal.h"

namespace leanfuzz::binding {
namespace {

// createMemoryFile(bytes): descriptor
Napi::Value create_memory_file(const Napi::CallbackInfo& info) {
  const int fd = os::create_memory_file("lean-fuzz", number_of(info[0], "bytes"));
  if (fd < 0) throw system_error(info.Env(), "creating the shared region", -fd);
  return Napi::Number::New(info.Env(), fd);
}

// fileSize(fd): bytes
Napi::Value file_size(const Napi::CallbackInfo& info) {
  const long bytes = os::file_size(info[0].As<Napi::Number>().Int32Value());
  if (bytes < 0) throw system_error(info.Env(), "descriptor of the shared region", static_cast<int>(-bytes));
  return Napi::Number::New(info.Env(), static_cast<double>(bytes));
}

// nextData(fd, from): where at or behind `from` there is no hole, -1 for nowhere
Napi::Value next_data(const Napi::CallbackInfo& info) {
  const long at = os::next_data(info[0].As<Napi::Number>().Int32Value(), info[1].As<Napi::Number>().Int64Value());
  if (at < 0 && at != -ENXIO) throw system_error(info.Env(), "looking for data in a file", static_cast<int>(-at));
  return Napi::Number::New(info.Env(), at < 0 ? -1 : static_cast<double>(at));
}

// bytesNeeded(sizes: number[]): bytes, 0 where the sizes make no region
Napi::Value bytes_needed(const Napi::CallbackInfo& info) {
  const auto list = info[0].As<Napi::Array>();
  uint32_t values[9] = {};
  for (uint32_t i = 0; i < 9; i++) values[i] = number_of(list.Get(i), "size");
  return Napi::Number::New(info.Env(), Region::bytes_needed({values[0], values[1], values[2], values[3], values[4],
                                                             values[5], values[6], values[7], values[8]}));
}

// dieWithParent(parentPid): boolean, false where that parent is gone already
Napi::Value die_with_parent(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), os::die_with_parent(info[0].As<Napi::Number>().Int32Value()));
}

// endAtSecondSignal(graceMillis): for as long as there are handlers; 0 forgets what came so far
void end_at_second_signal(const Napi::CallbackInfo& info) {
  os::end_at_second_signal(number_of(info[0], "milliseconds"));
}

// continueAtSecondSignal(pid): a child that is woken then, not killed, where it is stopped
Napi::Value continue_at_second_signal(const Napi::CallbackInfo& info) {
  const bool is_there = os::continue_at_second_signal(static_cast<pid_t>(number_of(info[0], "pid")));
  return Napi::Boolean::New(info.Env(), is_there);
}

// endAtLostPage(status): a mapped file that is cut short ends the process with one line
void end_at_lost_page(const Napi::CallbackInfo& info) { os::end_at_lost_page(info[0].As<Napi::Number>().Int32Value()); }

// exitNow(code): leaves without running exit handlers, the only way out of a forked child
void exit_now(const Napi::CallbackInfo& info) { _exit(info[0].As<Napi::Number>().Int32Value()); }

// lockFile(path, wait): descriptor, or -1 where somebody else holds the lock
Napi::Value lock_file(const Napi::CallbackInfo& info) {
  const std::string path = info[0].As<Napi::String>().Utf8Value();
  const int fd = os::lock_file(path.c_str(), info[1].As<Napi::Boolean>().Value());
  if (fd == -EWOULDBLOCK) return Napi::Number::New(info.Env(), -1);
  if (fd < 0) throw system_error(info.Env(), path, -fd);
  return Napi::Number::New(info.Env(), fd);
}

#define FIELD(Struct, name) fields.Set(#name, Napi::Number::New(env, offsetof(Struct, name)))

// layout(): {struct: {size, field: offset, ...}}, which src/share/layout.ts reads
Napi::Value layout(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Napi::Object structs = Napi::Object::New(env);
  const auto begin = [&](const char* name, size_t size) {
    Napi::Object fields = Napi::Object::New(env);
    fields.Set("size", Napi::Number::New(env, static_cast<double>(size)));
    structs.Set(name, fields);
    return fields;
  };
  {
    Napi::Object fields = begin("Header", sizeof(Header));
    FIELD(Header, magic), FIELD(Header, version), FIELD(Header, total_bytes), FIELD(Header, worker_count), FIELD(Header, executor_count);
    FIELD(Header, slots_at), FIELD(Header, work_at), FIELD(Header, corpus_at), FIELD(Header, findings_at);
    FIELD(Header, features_at), FIELD(Header, blocks_at), FIELD(Header, mailboxes_at), FIELD(Header, work_capacity), FIELD(Header, corpus_bytes);
    FIELD(Header, findings_bytes), FIELD(Header, feature_count), FIELD(Header, block_count);
    FIELD(Header, request_bytes);
    FIELD(Header, response_bytes), FIELD(Header, stop), FIELD(Header, primary_bell), FIELD(Header, zygote_bell);
    FIELD(Header, zygote_state), FIELD(Header, zygote_pid), FIELD(Header, forks), FIELD(Header, fork_micros);
    FIELD(Header, zygote_beat), FIELD(Header, zygote_message_bytes), FIELD(Header, zygote_message);
  }
  {
    Napi::Object fields = begin("WorkerSlot", sizeof(WorkerSlot));
    FIELD(WorkerSlot, worker_pid), FIELD(WorkerSlot, corpus_published), FIELD(WorkerSlot, executor_wanted);
    FIELD(WorkerSlot, executor_kill), FIELD(WorkerSlot, worker_beat), FIELD(WorkerSlot, executor_generation), FIELD(WorkerSlot, executor_state);
    FIELD(WorkerSlot, executor_pid), FIELD(WorkerSlot, executor_wait_status), FIELD(WorkerSlot, candidates);
    FIELD(WorkerSlot, tests), FIELD(WorkerSlot, declarations), FIELD(WorkerSlot, declarations_accepted);
    FIELD(WorkerSlot, lean_micros), FIELD(WorkerSlot, restarts), FIELD(WorkerSlot, timeouts), FIELD(WorkerSlot, crashes);
    FIELD(WorkerSlot, out_of_memory), FIELD(WorkerSlot, dropped), FIELD(WorkerSlot, missed), FIELD(WorkerSlot, leads);
    FIELD(WorkerSlot, solutions), FIELD(WorkerSlot, generate_micros), FIELD(WorkerSlot, judge_micros);
    FIELD(WorkerSlot, features), FIELD(WorkerSlot, killed), FIELD(WorkerSlot, canaries);
    FIELD(WorkerSlot, canaries_wrong);
  }
  {
    Napi::Object fields = begin("Mailbox", sizeof(Mailbox));
    FIELD(Mailbox, request_written), FIELD(Mailbox, response_read), FIELD(Mailbox, request_bell);
    FIELD(Mailbox, recycle_jobs), FIELD(Mailbox, recycle_bytes), FIELD(Mailbox, request_read);
    FIELD(Mailbox, response_written), FIELD(Mailbox, job), FIELD(Mailbox, phase), FIELD(Mailbox, bell);
  }
  {
    Napi::Object fields = begin("RequestHeader", sizeof(RequestHeader));
    FIELD(RequestHeader, length), FIELD(RequestHeader, checksum), FIELD(RequestHeader, job);
  }
  {
    Napi::Object fields = begin("WorkRingHeader", sizeof(WorkRingHeader));
    FIELD(WorkRingHeader, ready_bell), FIELD(WorkRingHeader, head_hint);
    FIELD(WorkRingHeader, tail_hint);
  }
  {
    Napi::Object fields = begin("WorkItem", sizeof(WorkItem));
    FIELD(WorkItem, state), FIELD(WorkItem, attempts), FIELD(WorkItem, progress), FIELD(WorkItem, length);
    FIELD(WorkItem, checksum), FIELD(WorkItem, payload);
  }
  {
    Napi::Object fields = begin("LogRingHeader", sizeof(LogRingHeader));
    FIELD(LogRingHeader, reserved);
    FIELD(LogRingHeader, published), FIELD(LogRingHeader, entries), FIELD(LogRingHeader, acknowledged);
  }
  {
    Napi::Object fields = begin("LogEntry", sizeof(LogEntry));
    FIELD(LogEntry, length), FIELD(LogEntry, checksum), FIELD(LogEntry, sequence);
  }
  return structs;
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  const auto function = [&](const char* name, auto callback) { exports.Set(name, Napi::Function::New(env, callback, name)); };
  exports.Set("Region", RegionObject::define(env));
  exports.Set("LogRing", define_log_ring(env));
  exports.Set("WorkRing", define_work_ring(env));
  exports.Set("Mailbox", define_mailbox(env));
  function("serveForks", serve_forks);
  function("createMemoryFile", create_memory_file);
  function("fileSize", file_size);
  function("nextData", next_data);
  function("bytesNeeded", bytes_needed);
  function("dieWithParent", die_with_parent);
  function("endAtLostPage", end_at_lost_page);
  function("endAtSecondSignal", end_at_second_signal);
  function("continueAtSecondSignal", continue_at_second_signal);
  function("exitNow", exit_now);
  function("lockFile", lock_file);
  function("layout", layout);
  exports.Set("layoutVersion", Napi::Number::New(env, kLayoutVersion));
  return exports;
}

NODE_API_MODULE(lean_fuzz, init)

}  // namespace
}  // namespace leanfuzz::binding
