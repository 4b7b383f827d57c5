// The functions of Lean's libraries that elaborate text. They are looked for only where text is to be run.
#pragma once

#include "library.h"

namespace leanfuzz::lean {

class SourceLibrary {
 public:
  explicit SourceLibrary(const Library& lean) : lean(lean) {}

  // Looks the functions up; returns the first that is missing, or "".
  std::string bind();
  // Imports a module, found below the folder, without any thread: forks may follow. Returns what went wrong, or "".
  std::string import_module(const std::string& folder, const std::string& module, Object& environment) const;

  // Has Lean elaborate every part of a command before the next one, whatever a text sets: errors of parts that run beside
  // it stand in no log that is read here, and what they were to prove becomes an axiom. Before any fork.
  void without_parallel_parts() const;

  const Library& lean;

  // Arguments are owned where the comment does not say otherwise.
  Object (*make_input)(Object text, Object name, uint8_t normalize, Object end);
  Object (*parse_header)(Object input);  // IO (syntax, parser state, messages)
  uint8_t (*is_module)(Object header);
  Object (*imports)(Object header, uint8_t with_init);
  Object (*parse)(Object input, Object scope, Object parser_state, Object messages);  // (syntax, parser state, messages)
  Object (*is_last)(Object syntax);  // Bool
  Object (*elaborate)(Object syntax, Object input, Object frontend_state);  // IO; the frontend's state is a reference
  Object (*make_reference)(Object value);
  Object (*value_of_reference)(Object reference);  // borrows
  Object (*make_state)(Object environment, Object messages, Object options);
  Object (*messages)(Object log);
  Object (*kind)(Object message);  // borrows
  Object (*print)(Object message, uint8_t with_end);
  Object (*kernel_environment)(Object environment);
  Object (*io_error)(Object error);
  void (*start_tasks)(unsigned threads);
  Object (*closure)(size_t bytes);  // memory for one
  Object (*spawn)(Object closure, unsigned priority, bool keep_alive);
  Object (*wait)(Object task);  // borrows, and returns what is borrowed
  Object no_messages() const { return retain(*no_messages_); }
  Object no_options() const { return retain(*no_options_); }

 private:
  Object* no_messages_ = nullptr;
  Object* no_options_ = nullptr;
  Object (*search_path_)(Object root, Object folders);
  Object (*run_initializers_)();
  Object (*import_)(Object imports, Object options, uint32_t trust, Object plugins, uint8_t leak, uint8_t extensions,
                    uint8_t level, Object artifacts);
  Object (*name_of_)(Object text);
};

}  // namespace leanfuzz::lean
