#include "source_session.h"

#include <semaphore.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "first_line.h"

namespace leanfuzz::lean {

namespace {

// Fields of Lean's `Elab.Command.State`, of the scopes in it, and of the states of parser and frontend.
constexpr unsigned kEnvironment = 0, kMessages = 1, kScopes = 2, kInfoState = 8;
constexpr unsigned kOptions = 1, kNamespace = 2, kOpen = 3;
constexpr unsigned kPosition = 0, kCommandState = 0;
// A message has 5 fields; its severity is the second of the bytes behind them.
constexpr unsigned kMessageFields = 5, kSeverityByte = 1;
constexpr uint8_t kError = 2;
constexpr size_t kMaxMessage = 2000;
// A state that is a kernel environment only; no state of Lean's has this tag.
constexpr uint8_t kKernelState = 7;

bool is_kernel_state(Object state) { return tag(state) == kKernelState; }

// Lean text that is run by a task of Lean's: on a stack of its size, and on which an exception of Lean's ends the
// process with what it says. So no function that has Lean elaborate may have anything to clean up: exceptions of Lean's
// runtime can't pass through those of ours that have.
struct Text {
  const SourceLibrary& source;
  const Library& lean;
  // In: where it begins. Out: the states behind it, or where it was refused.
  Object state, input, parser_state;
  // Out: the message, or the exception, that refuses it; or null.
  Object error, io_error;
  uint32_t heartbeats;
  // Posted when all of that is there.
  sem_t done;
};

// The first error of a borrowed log, or null.
Object first_error(const SourceLibrary& source, const Library& lean, Object log) {
  Object messages = source.messages(retain(log));
  Object error = nullptr;
  each(messages, [&](Object message) {
    if (error == nullptr && scalar_byte(message, kMessageFields, kSeverityByte) == kError) error = retain(message);
  });
  lean.release(messages);
  return error;
}

// The next command, as (syntax, parser state, messages). Takes the parser's state.
Object parse(const Text& text) {
  Object scope = field(field(text.state, kScopes), 0);
  Object where = text.lean.constructor(0, {retain(field(text.state, kEnvironment)), retain(field(scope, kOptions)),
                                           retain(field(scope, kNamespace)), retain(field(scope, kOpen))});
  return text.source.parse(retain(text.input), where, text.parser_state, text.source.no_messages());
}

// Runs a command; what it says goes, and what comes of it.
void run_command(Text& text, Object command) {
  const Library& lean = text.lean;
  Object position = retain(field(text.parser_state, kPosition));
  Object frontend = text.source.make_reference(
      lean.constructor(0, {text.state, retain(text.parser_state), position, lean.array({})}));
  Object result = text.source.elaborate(command, retain(text.input), retain(frontend));
  Object end = text.source.value_of_reference(frontend);
  text.state = retain(field(end, kCommandState));
  text.error = first_error(text.source, lean, field(text.state, kMessages));
  if (text.error == nullptr && tag(result) != 0) text.io_error = retain(field(result, 0));
  for (Object done : {end, result, frontend}) lean.release(done);
}

void run_commands(Text& text) {
  // Lean counts the work of each thread.
  text.lean.reset_heartbeats();
  const size_t before = text.lean.heartbeats();
  for (bool is_last = false; !is_last && text.error == nullptr && text.io_error == nullptr;) {
    Object parsed = parse(text);
    Object command = field(parsed, 0), rest = field(parsed, 1);
    text.parser_state = retain(field(rest, 0));
    is_last = text.source.is_last(retain(command)) != box(0);
    text.error = first_error(text.source, text.lean, field(rest, 1));
    if (text.error == nullptr) run_command(text, retain(command));
    text.lean.release(parsed);
  }
  text.heartbeats = static_cast<uint32_t>(std::min<size_t>(text.lean.heartbeats() - before, UINT32_MAX));
}

// A closure of Lean's: code, its arguments and how many of them are there, and those.
struct Closure {
  Header header;
  void* code;
  uint16_t arity, given;
  Object argument;
};
constexpr uint8_t kClosureTag = 245;

// The argument is the address of a text, said as a number.
Object task_of_text(Object address, Object) {
  Text& text = *reinterpret_cast<Text*>(unbox(address) << 1);
  run_commands(text);
  sem_post(&text.done);
  return box(0);
}

void run_as_task(Text& text) {
  Object task = text.source.closure(sizeof(Closure));
  auto* closure = reinterpret_cast<Closure*>(task);
  closure->header = {1, closure->header.size, 0, kClosureTag};
  closure->code = reinterpret_cast<void*>(task_of_text);
  closure->arity = 2;
  closure->given = 1;
  closure->argument = box(reinterpret_cast<uintptr_t>(&text) >> 1);
  sem_init(&text.done, 0, 0);
  task = text.source.spawn(task, 0, true);
  // Who waits for one of Lean's tasks is woken by the end of each, and elaboration makes dozens.
  while (sem_wait(&text.done) != 0 && errno == EINTR) {
  }
  text.source.wait(task);
  sem_destroy(&text.done);
  text.lean.release(task);
}

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
  const Answer set = elaborate(root_, input(options), lean_.constructor(0, {box(0)}, {0}), false);
  if (set.state == nullptr) return;
  lean_.release(root_);
  root_ = set.state;
}

Answer SourceSession::apply(Object state, const Step& step, How how) {
  if (step.kind == StepKind::kDeclaration) return add_declaration(state, step, how.unlimited);
  if (is_kernel_state(state)) return not_asked("text behind a declaration that only the kernel has");
  if (step.kind == StepKind::kFile) return run_file(state, step.text, how.first_line);
  return elaborate(state, input(step.text), lean_.constructor(0, {box(0)}, {0}), how.first_line);
}

Object SourceSession::kernel_environment(Object state) {
  if (is_kernel_state(state)) return retain(field(state, 0));
  return source_.kernel_environment(retain(field(state, kEnvironment)));
}

Object SourceSession::input(std::string_view text) const {
  return source_.make_input(lean_.string(text), lean_.string("<input>"), 1, box(text.size()));
}

// Command by command; an error ends it. Borrows the state, owns the others.
Answer SourceSession::elaborate(Object state, Object input, Object parser_state, bool first_line) const {
  Text text{source_, lean_, retain(state), input, parser_state, nullptr, nullptr, 0, {}};
  run_as_task(text);
  for (Object done : {text.input, text.parser_state}) lean_.release(done);
  Answer answer{text.state, {}, text.heartbeats};
  if (text.error == nullptr && text.io_error == nullptr) return answer;
  lean_.release(text.state);
  answer.state = nullptr;
  if (text.error != nullptr) {
    answer.refusal = said(text.error, first_line);
  } else {
    Object message = source_.io_error(text.io_error);
    answer.refusal = {std::string(text_of(message)).substr(0, kMaxMessage), ""};
    lean_.release(message);
  }
  return answer;
}

// A header must ask for nothing but what is imported.
Answer SourceSession::run_file(Object state, std::string_view text, bool first_line) const {
  Object whole = input(text);
  Object result = source_.parse_header(retain(whole));
  if (tag(result) != 0) return not_asked("a header that can't be read");
  Object parsed = field(result, 0);
  Object rest = field(parsed, 1);
  Answer answer{nullptr, {}, 0};
  std::string problem;
  if (Object error = first_error(source_, lean_, field(rest, 1)); error != nullptr) {
    answer.refusal = said(error, first_line);
  } else {
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
    if (problem.empty()) answer = elaborate(state, retain(whole), retain(field(rest, 0)), first_line);
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

// Owns the message.
Refusal SourceSession::said(Object message, bool first_line) const {
  if (first_line) message = first_line_of(lean_, message);
  Object kind = source_.kind(message);
  Object text = source_.print(message, 0);
  Refusal refusal{without_position(text_of(text)), Names::text_of_name(kind)};
  if (first_line) refusal.message.resize(std::min(refusal.message.find('\n'), refusal.message.size()));
  lean_.release(kind);
  lean_.release(text);
  return refusal;
}

// Info trees are for editors; without them elaboration is faster and its messages are the same. Owns the state.
Object SourceSession::without_info_trees(Object state) const {
  Object info = field(state, kInfoState);
  // Where a release lays it out otherwise, they stay.
  constexpr unsigned kInfoFields = 3;
  if (is_scalar(info) || info->fields != kInfoFields || info->size != sizeof(Header) + 8 * kInfoFields + 8) return state;
  Object quiet = lean_.copy(info);
  *(reinterpret_cast<uint8_t*>(quiet) + sizeof(Header) + 8 * kInfoFields) = 0;
  return lean_.with_field(state, kInfoState, quiet);
}

}  // namespace leanfuzz::lean
