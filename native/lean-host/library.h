// The functions of Lean's shared libraries that the host calls: which they are, and how each release wants them called.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "object.h"

namespace leanfuzz::lean {

struct Release {
  unsigned major = 0, minor = 0;

  bool at_least(unsigned m, unsigned n) const { return major > m || (major == m && minor >= n); }
};

// One byte of the library that holds the kernel: where it is, counted from where the library begins, what it is, and
// what it becomes.
struct Patch {
  uint32_t offset;
  uint8_t before, after;
};

// One per process: Lean's own state is global too.
class Library {
 public:
  // Loads the libraries in this order and boots Lean; `on_step` hears of each step before it is taken. Returns what went
  // wrong, in one line; "" is success.
  std::string load(const std::vector<std::string>& paths, const std::function<void(const std::string&)>& on_step);
  // How large the stacks of threads are that Lean starts from now on. Its own size, 1 GiB since some release, is as much
  // memory as an executor may take: one more thread, and it would end.
  void set_thread_stack(size_t bytes) const {
    if (set_thread_stack_ != nullptr) set_thread_stack_(bytes);
  }

  const std::string& version() const { return version_; }
  const std::string& githash() const { return githash_; }

  void release(Object o) const {
    if (is_scalar(o)) return;
    if (o->count > 1) {
      o->count--;
    } else if (o->count != 0) {
      free_(o);
    }
  }

  // A constructor object, with bytes behind its fields; owns the fields.
  Object constructor(uint8_t tag, std::initializer_list<Object> fields, std::initializer_list<uint8_t> bytes = {}) const;
  // An array; owns the elements.
  Object array(std::initializer_list<Object> elements) const;
  // A small object once more, with the same parts.
  Object copy(Object o) const;
  // The same with another field; owns both.
  Object with_field(Object o, unsigned index, Object value) const {
    Object changed = copy(o);
    release(field(changed, index));
    field(changed, index) = value;
    release(o);
    return changed;
  }
  Object string(std::string_view text) const { return string_(text.data(), text.size()); }
  // The natural number of so many little-endian 32-bit words.
  Object natural(const uint32_t* words, uint32_t count) const;

  // An environment without constants, at trust level 0.
  Object empty_environment() const;
  // Except KernelException Environment. Owns the environment, borrows the declaration; 0 heartbeats are no limit.
  Object add_declaration(Object environment, size_t heartbeats, size_t recursion_depth, Object declaration) const;
  // The environment with Lean counting what it unfolds, or not any more; owns it. The same where this Lean can't.
  Object diagnose(Object environment, bool counts) const {
    return diagnose_ == nullptr ? environment : diagnose_(environment, counts ? 1 : 0);
  }
  // Except KernelException Expr: the weak head normal form. Borrows both.
  Object reduce(Object environment, Object expr) const;
  // Makes an object and all that it holds permanent: its counts are not touched any more, so forks go on sharing its pages.
  void make_permanent(Object o) const { mark_persistent_(o); }

  // The address of a symbol in the libraries, or null.
  void* address(const char* symbol) const;

  // Where the library with the kernel begins in memory, or null.
  uint8_t* kernel_library() const;

  // Changes one byte of code in this process and those that are forked from it: a planted bug. False where another byte
  // is there.
  bool patch(const Patch& patch) const;

  // Lean's constructors; all arguments are owned.
  using F0 = Object (*)(Object);
  using F1 = Object (*)(Object, Object);
  using F2 = Object (*)(Object, Object, Object);
  F1 name_string, name_number;
  F0 level_zero, level_succ, level_param, level_mvar;
  F1 level_max, level_imax;
  F0 bvar, fvar, mvar, sort, literal;
  F1 constant, app, mdata;
  F2 proj;
  Object (*lambda)(Object name, Object type, Object body, uint8_t info);
  Object (*pi)(Object name, Object type, Object body, uint8_t info);
  Object (*let)(Object name, Object type, Object value, Object body);
  Object (*regular_hint)(uint32_t height);
  Object (*axiom)(Object name, Object level_params, Object type, uint8_t unsafe);
  Object (*definition)(Object name, Object level_params, Object type, Object value, Object hint, uint8_t safety, Object all);
  Object (*theorem)(Object name, Object level_params, Object type, Object value, Object all);
  Object (*opaque)(Object name, Object level_params, Object type, Object value, uint8_t unsafe, Object all);
  Object (*inductive)(Object level_params, Object parameters, Object types, uint8_t unsafe);
  // Option ConstantInfo; owns the environment and the name.
  F1 find;
  // Whether two borrowed expressions are equal up to binder names and infos.
  uint8_t (*same_expr)(Object, Object);
  void (*reset_heartbeats)();
  size_t (*heartbeats)();

 private:
  std::string bind();
  void read_version();

  std::vector<void*> handles_;
  std::string version_, githash_;
  Release release_number_;
  Object (*allocate_)(size_t);
  void (*free_)(Object);
  Object (*string_)(const char*, size_t);
  F1 make_array_, push_;
  Object (*natural_of_digits_)(const char*);
  void (*mark_persistent_)(Object);
  Object (*empty_)(uint32_t);
  F0 to_kernel_, of_kernel_, empty_locals_;
  void* add_;
  Object (*diagnose_)(Object, uint8_t);
  void (*set_thread_stack_)(size_t);
  F2 whnf_;
};

}  // namespace leanfuzz::lean
