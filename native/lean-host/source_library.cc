#include "source_library.h"

namespace leanfuzz::lean {

namespace {

constexpr uint32_t kTrustLevel = 0;
// All of a module: what it keeps to itself as well.
constexpr uint8_t kPrivateLevel = 2;

// A borrowed IO result's value, or null. BaseIO functions return theirs bare, and never come here.
Object value_of(Object result) { return tag(result) == 0 ? field(result, 0) : nullptr; }

}  // namespace

std::string SourceLibrary::bind() {
  std::string missing;
  const auto find = [&](auto& target, const char* name) {
    void* found = lean.address(name);
    if (found == nullptr && missing.empty()) missing = name;
    target = reinterpret_cast<std::remove_reference_t<decltype(target)>>(found);
  };
  find(make_input, "l_Lean_Parser_mkInputContext___redArg");
  find(parse_header, "l_Lean_Parser_parseHeader");
  find(is_module, "l_Lean_Elab_HeaderSyntax_isModule");
  find(imports, "l_Lean_Elab_HeaderSyntax_imports");
  find(parse, "l_Lean_Parser_parseCommand");
  find(is_last, "l_Lean_Parser_isTerminalCommand___boxed");
  find(elaborate, "l_Lean_Elab_Frontend_elabCommandAtFrontend___boxed");
  find(make_reference, "lean_st_mk_ref");
  find(value_of_reference, "lean_st_ref_get");
  find(make_state, "l_Lean_Elab_Command_mkState");
  find(messages, "l_Lean_MessageLog_toList");
  find(kind, "l_Lean_Message_kind");
  find(print, "l_Lean_Message_toString");
  find(kernel_environment, "lean_elab_environment_to_kernel_env");
  find(io_error, "lean_io_error_to_string");
  find(start_tasks, "lean_init_task_manager_using");
  find(closure, "lean_alloc_object");
  find(spawn, "lean_task_spawn_core");
  find(wait, "lean_task_get");
  find(no_messages_, "l_Lean_MessageLog_empty");
  find(no_options_, "l_Lean_Options_empty");
  find(search_path_, "l_Lean_initSearchPath");
  find(run_initializers_, "lean_enable_initializer_execution");
  find(import_, "l_Lean_importModules");
  find(name_of_, "l_String_toName");
  return missing;
}

std::string SourceLibrary::import_module(const std::string& folder, const std::string& module, Object& environment) const {
  Object found = search_path_(lean.string(folder), lean.constructor(1, {lean.string(folder), box(0)}));
  if (value_of(found) == nullptr) return "search path " + folder;
  run_initializers_();
  // The module's name; everything of it, exported, and not for its macros only.
  Object import = lean.constructor(0, {name_of_(lean.string(module))}, {0, 1, 0});
  Object result =
      import_(lean.array({import}), no_options(), kTrustLevel, lean.array({}), 1, 1, kPrivateLevel, box(1));
  Object value = value_of(result);
  if (value == nullptr) return "import " + module + ": " + std::string(text_of(io_error(retain(field(result, 0)))));
  environment = retain(value);
  lean.release(result);
  return "";
}

void SourceLibrary::without_parallel_parts() const {
  // An option is looked up by its name, and is false where a text has set none of that name. A text can still set this one:
  // which options there are is a table of its own.
  auto* option = static_cast<Object*>(lean.address("l_Lean_Elab_async"));
  if (option == nullptr || is_scalar(*option) || (*option)->fields == 0) return;
  Object name = name_of_(lean.string("leanFuzz.never"));
  lean.make_permanent(name);
  field(*option, 0) = name;
}

}  // namespace leanfuzz::lean
