#include "library.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include <dlfcn.h>
#include <sys/mman.h>

namespace leanfuzz::lean {

namespace {

constexpr uint32_t kTrustLevel = 0;  // check everything

std::string one_line(const char* text) {
  std::string line(text == nullptr ? "unknown" : text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace

std::string Library::load(const std::vector<std::string>& paths, const std::function<void(const std::string&)>& on_step) {
  for (const std::string& path : paths) {
    on_step("loading " + path);
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (handle == nullptr) return one_line(dlerror());
    handles_.push_back(handle);
  }
  const std::string missing = bind();
  if (!missing.empty()) return "the libraries have no " + missing + ": a release before 4.26, or not Lean's";
  on_step("initializing Lean");
  const auto boot = [this](const char* symbol) { reinterpret_cast<void (*)()>(address(symbol))(); };
  boot("lean_initialize_runtime_module");
  boot("lean_initialize");
  boot("lean_io_mark_end_initialization");
  read_version();
  return "";
}

void* Library::address(const char* symbol) const {
  for (void* handle : handles_) {
    if (void* found = dlsym(handle, symbol)) return found;
  }
  return nullptr;
}

// Returns the first symbol that is missing, or "".
std::string Library::bind() {
  std::string missing;
  // Of several names the first that there is: names have changed between releases.
  const auto find_one = [&](auto& target, std::initializer_list<const char*> names) {
    void* found = nullptr;
    for (const char* name : names) found = found == nullptr ? address(name) : found;
    if (found == nullptr && missing.empty()) missing = *names.begin();
    target = reinterpret_cast<std::remove_reference_t<decltype(target)>>(found);
  };
  void* needed = nullptr;
  for (const char* name : {"lean_initialize_runtime_module", "lean_initialize", "lean_io_mark_end_initialization",
                           "l_Lean_versionString", "l_Lean_githash"}) {
    find_one(needed, {name});
  }
  find_one(allocate_, {"lean_alloc_object"});
  find_one(free_, {"lean_dec_ref_cold"});
  find_one(mark_persistent_, {"lean_mark_persistent"});
  find_one(string_, {"lean_mk_string_from_bytes_unchecked", "lean_mk_string_from_bytes"});
  find_one(make_array_, {"lean_mk_array"});
  find_one(push_, {"lean_array_push"});
  find_one(natural_of_digits_, {"lean_cstr_to_nat"});
  find_one(name_string, {"lean_name_mk_string"});
  find_one(name_number, {"lean_name_mk_numeral"});
  find_one(level_zero, {"lean_level_mk_zero"});
  find_one(level_succ, {"lean_level_mk_succ"});
  find_one(level_max, {"lean_level_mk_max"});
  find_one(level_imax, {"lean_level_mk_imax"});
  find_one(level_param, {"lean_level_mk_param"});
  find_one(level_mvar, {"lean_level_mk_mvar"});
  find_one(bvar, {"lean_expr_mk_bvar"});
  find_one(fvar, {"lean_expr_mk_fvar"});
  find_one(mvar, {"lean_expr_mk_mvar"});
  find_one(sort, {"lean_expr_mk_sort"});
  find_one(constant, {"lean_expr_mk_const"});
  find_one(app, {"lean_expr_mk_app"});
  find_one(lambda, {"lean_expr_mk_lambda"});
  find_one(pi, {"lean_expr_mk_forall"});
  find_one(let, {"lean_expr_mk_let"});
  find_one(literal, {"lean_expr_mk_lit"});
  find_one(proj, {"lean_expr_mk_proj"});
  find_one(mdata, {"lean_expr_mk_mdata"});
  find_one(regular_hint, {"lean_mk_reducibility_hints_regular"});
  find_one(axiom, {"lean_mk_axiom_val"});
  find_one(definition, {"lean_mk_definition_val"});
  find_one(theorem, {"lean_mk_theorem_val"});
  find_one(opaque, {"lean_mk_opaque_val"});
  find_one(inductive, {"lean_mk_inductive_decl"});
  find_one(find, {"lean_environment_find"});
  find_one(same_expr, {"lean_expr_eqv"});
  find_one(reset_heartbeats, {"_ZN4lean15reset_heartbeatEv"});
  find_one(heartbeats, {"_ZN4lean18get_num_heartbeatsEv"});
  find_one(empty_, {"l_Lean_mkEmptyEnvironment", "lean_mk_empty_environment"});
  find_one(to_kernel_, {"lean_elab_environment_to_kernel_env"});
  find_one(of_kernel_, {"l_Lean_Environment_ofKernelEnv", "lean_elab_environment_of_kernel_env"});
  find_one(empty_locals_, {"lean_mk_empty_local_ctx"});
  find_one(add_, {"lean_add_decl"});
  find_one(whnf_, {"lean_kernel_whnf"});
  diagnose_ = reinterpret_cast<decltype(diagnose_)>(address("l_Lean_Kernel_Environment_enableDiag"));
  set_thread_stack_ = reinterpret_cast<decltype(set_thread_stack_)>(address("_ZN4lean7lthread21set_thread_stack_sizeEm"));
  return missing;
}

void Library::read_version() {
  const auto text = [this](const char* symbol) { return std::string(text_of(*static_cast<Object*>(address(symbol)))); };
  version_ = text("l_Lean_versionString");
  githash_ = text("l_Lean_githash");
  sscanf(version_.c_str(), "%u.%u", &release_number_.major, &release_number_.minor);
}

Object Library::constructor(uint8_t tag, std::initializer_list<Object> fields, std::initializer_list<uint8_t> scalars) const {
  const size_t pointers = sizeof(Header) + 8 * fields.size();
  const size_t bytes = pointers + (scalars.size() + 7) / 8 * 8;
  Object made = allocate_(bytes);
  *made = {1, static_cast<uint16_t>(bytes), static_cast<uint8_t>(fields.size()), tag};
  std::copy(fields.begin(), fields.end(), &field(made, 0));
  memset(reinterpret_cast<uint8_t*>(made) + pointers, 0, bytes - pointers);
  std::copy(scalars.begin(), scalars.end(), reinterpret_cast<uint8_t*>(made) + pointers);
  return made;
}

Object Library::array(std::initializer_list<Object> elements) const {
  Object made = make_array_(box(0), box(0));
  for (Object element : elements) made = push_(made, element);
  return made;
}

Object Library::copy(Object o) const {
  Object made = allocate_(o->size);
  memcpy(made, o, o->size);
  made->count = 1;
  for (unsigned i = 0; i < o->fields; i++) retain(field(made, i));
  return made;
}

Object Library::natural(const uint32_t* words, uint32_t count) const {
  while (count > 0 && words[count - 1] == 0) count--;
  if (count <= 2) {
    const uint64_t value = (count > 0 ? words[0] : 0) | (count > 1 ? uint64_t{words[1]} << 32 : 0);
    if (value <= kMaxBoxed) return box(value);
  }
  // Lean makes big numbers from decimal digits: groups of nine of them, the lowest first.
  std::vector<uint32_t> groups;
  for (uint32_t i = count; i > 0; i--) {
    uint64_t carry = words[i - 1];
    for (uint32_t& group : groups) {
      carry += uint64_t{group} << 32;
      group = static_cast<uint32_t>(carry % 1000000000);
      carry /= 1000000000;
    }
    for (; carry > 0; carry /= 1000000000) groups.push_back(static_cast<uint32_t>(carry % 1000000000));
  }
  std::string digits = std::to_string(groups.back());
  char nine[16];
  for (size_t i = groups.size() - 1; i > 0; i--) {
    snprintf(nine, sizeof nine, "%09u", groups[i - 1]);
    digits += nine;
  }
  return natural_of_digits_(digits.c_str());
}

Object Library::empty_environment() const {
  // An IO action's result: since 4.26 no world goes in, and constructor 0 with the value comes out.
  Object result = empty_(kTrustLevel);
  Object environment = to_kernel_(retain(field(result, 0)));
  release(result);
  return environment;
}

Object Library::add_declaration(Object environment, size_t heartbeats, size_t recursion_depth, Object declaration) const {
  const Object no_token = box(0);
  if (release_number_.at_least(4, 33)) {
    using Add = Object (*)(Object, size_t, size_t, Object, Object);
    return reinterpret_cast<Add>(add_)(environment, heartbeats, recursion_depth, declaration, no_token);
  }
  using Add = Object (*)(Object, size_t, Object, Object);
  return reinterpret_cast<Add>(add_)(environment, heartbeats, declaration, no_token);
}

Object Library::reduce(Object environment, Object expr) const {
  return whnf_(of_kernel_(retain(environment)), empty_locals_(box(0)), retain(expr));
}

uint8_t* Library::kernel_library() const {
  Dl_info library;
  return dladdr(add_, &library) == 0 ? nullptr : static_cast<uint8_t*>(library.dli_fbase);
}

bool Library::patch(const Patch& patch) const {
  uint8_t* library = kernel_library();
  if (library == nullptr) return false;
  uint8_t* byte = library + patch.offset;
  const uintptr_t page = reinterpret_cast<uintptr_t>(byte) & ~uintptr_t{4095};
  if (*byte != patch.before) return false;
  void* start = reinterpret_cast<void*>(page);
  if (mprotect(start, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) return false;
  *byte = patch.after;
  return mprotect(start, 4096, PROT_READ | PROT_EXEC) == 0;
}

}  // namespace leanfuzz::lean
