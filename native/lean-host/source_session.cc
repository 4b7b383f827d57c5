#include "source_session.h"

#include <algorithm>
#include <cstring>

namespace leanfuzz::lean {

namespace {

// Fields of Lean's `Elab.Command.State`.
constexpr unsigned kEnvironment = 0, kMessages = 1, kInfoState = 8;
// A message has 5 fields; its severity is the second of the bytes behind them.
constexpr unsigned kMessageFields = 5, kSeverityByte = 1;
constexpr uint8_t kError = 2;
constexpr size_t kMaxMessage = 2000;
// A state that is a kernel environment only; no state of Lean's has this tag.
constexpr uint8_t kKernelState = 7;

bool is_kernel_state(Object state) { return tag(state) == kKernelState; }

// `<input>:3:4: error(kind): text` without what differs from run to run.
std::string without_position(std::string_view message) {
  const size_t line_end = std::min(message.find('\n'), message.size());
  const size_t error = message.substr(0, line_end).find(": error");
  if (error != message.npos) {
    const size_t colon = message.find(": ", error + 2);
    if (colon != message.npos) message.remove_prefix(colon + 2);
  }
  while (!message.empty() && strchr(" \n\t\r", message.back()) != nullptr) message.remove_suffix(1);
  return std::string(message.substr(0, kMaxMessage));
}

Answer refused(std::string message, std::string kind) { return {nullptr, {std::move(message), std::move(kind)}, 0}; }

Answer not_asked(const std::string& what) { return refused("not supported here: " + what, "not asked"); }

}  // namespace

SourceSession::SourceSession(const SourceLibrary& source, Kernel& kernel, Object environment, const std::string& options)
    : source_(source), lean_(source.lean), kernel_(kernel) {
  root_ = without_info_trees(source_.make_state(environment, source_.no_messages(), source_.no_options()));
  const Answer set = elaborate(root_, input(options), lean_.constructor(0, {box(0)}, {0}));
  if (set.state == nullptr) return;
  lean_.release(root_);
  root_ = set.state;
}

Answer SourceSession::apply(Object state, const Step& step, bool unlimited) {
  if (step.kind == StepKind::kDeclaration) return add_declaration(state, step, unlimited);
  if (is_kernel_state(state)) return not_asked("text behind a declaration that only the kernel has");
  if (step.kind == StepKind::kFile) return run_file(state, step.text);
  return elaborate(state, input(step.text), lean_.constructor(0, {box(0)}, {0}));
}

Object SourceSession::kernel_environment(Object state) {
  if (is_kernel_state(state)) return retain(field(state, 0));
  return source_.kernel_environment(retain(field(state, kEnvironment)));
}

Object SourceSession::input(std::string_view text) const {
  return source_.make_input(lean_.string(text), lean_.string("<input>"), 1, box(text.size()));
}

// Borrows the state, owns the others.
Answer SourceSession::elaborate(Object state, Object input, Object parser_state) const {
  lean_.reset_heartbeats();
  const size_t before = lean_.heartbeats();
  Object result = source_.process(input, parser_state, retain(state));
  const auto heartbeats = static_cast<uint32_t>(std::min<size_t>(lean_.heartbeats() - before, UINT32_MAX));
  if (tag(result) != 0) {
    const std::string said(text_of(source_.io_error(retain(field(result, 0)))));
    lean_.release(result);
    return refused(said.substr(0, kMaxMessage), "");
  }
  Answer answer{retain(field(field(result, 0), 0)), {}, heartbeats};
  lean_.release(result);
  if (first_error(field(answer.state, kMessages), answer.refusal)) {
    lean_.release(answer.state);
    answer.state = nullptr;
  }
  return answer;
}

// A header must ask for nothing but what is imported.
Answer SourceSession::run_file(Object state, std::string_view text) const {
  Object whole = input(text);
  Object result = source_.parse_header(retain(whole));
  if (tag(result) != 0) return not_asked("a header that can't be read");
  Object parsed = field(result, 0);
  Object rest = field(parsed, 1);
  Answer answer{nullptr, {}, 0};
  std::string problem;
  if (!first_error(field(rest, 1), answer.refusal)) {
    if ((source_.is_module(retain(field(parsed, 0))) & 1) != 0) problem = "a file of the module system (\"module\")";
    bool has_init = false;
    Object imports = source_.imports(retain(field(parsed, 0)), 1);
    each_element(imports, [&](Object import) {
      const std::string name = Names::text_of_name(field(import, 0));
      has_init = has_init || name == "Init";
      if (name != "Init" && name.rfind("Init.", 0) != 0) problem = "import " + name + ": got a foreign module, expected Init only";
    });
    lean_.release(imports);
    // Without "prelude", Lean puts Init in front of the list.
    if (problem.empty() && !has_init) problem = "a file with \"prelude\", which replaces the core types themselves";
    if (problem.empty()) answer = elaborate(state, retain(whole), retain(field(rest, 0)));
  }
  lean_.release(result);
  lean_.release(whole);
  return problem.empty() ? answer : not_asked(problem);
}

Answer SourceSession::add_declaration(Object state, const Step& step, bool unlimited) {
  Object environment = kernel_environment(state);
  Answer answer = kernel_.add(environment, step.words, unlimited);
  lean_.release(environment);
  if (answer.state != nullptr) answer.state = lean_.constructor(kKernelState, {answer.state});
  return answer;
}

bool SourceSession::first_error(Object log, Refusal& refusal) const {
  Object messages = source_.messages(retain(log));
  Object error = nullptr;
  each(messages, [&](Object message) {
    if (error == nullptr && scalar_byte(message, kMessageFields, kSeverityByte) == kError) error = message;
  });
  if (error != nullptr) {
    Object kind = source_.kind(error);
    Object text = source_.print(retain(error), 0);
    refusal = {without_position(text_of(text)), Names::text_of_name(kind)};
    lean_.release(kind);
    lean_.release(text);
  }
  lean_.release(messages);
  return error != nullptr;
}

// Info trees are for editors; without them elaboration is faster and its messages are the same. Owns the state.
Object SourceSession::without_info_trees(Object state) const {
  Object info = field(state, kInfoState);
  // Where a release lays it out otherwise, they stay.
  constexpr unsigned kInfoFields = 3;
  if (is_scalar(info) || info->fields != kInfoFields || info->size != sizeof(Header) + 8 * kInfoFields + 8) return state;
  Object quiet = lean_.copy(info);
  *(reinterpret_cast<uint8_t*>(quiet) + sizeof(Header) + 8 * kInfoFields) = 0;
  Object changed = lean_.copy(state);
  lean_.release(field(changed, kInfoState));
  field(changed, kInfoState) = quiet;
  lean_.release(state);
  return changed;
}

}  // namespace leanfuzz::lean
