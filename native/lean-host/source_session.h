// Lean text through parser, elaborator and kernel. A state is the elaborator's command state, or, behind a declaration
// that was handed to the kernel alone, a wrapped kernel environment, which claims are read from.
#pragma once

#include "session.h"
#include "source_library.h"

namespace leanfuzz::lean {

class SourceSession : public Session {
 public:
  // Takes a process in which tasks may run. Owns the environment. `options` are set_option commands.
  SourceSession(const SourceLibrary& source, Kernel& kernel, Object environment, const std::string& options);

  Object root() override { return root_; }
  Answer apply(Object state, const Step& step, How how) override;
  Object kernel_environment(Object state) override;

 private:
  Object input(std::string_view text) const;
  Answer elaborate(Object state, Object input, Object parser_state, bool first_line) const;
  Answer run_file(Object state, std::string_view text, bool first_line) const;
  Answer add_declaration(Object state, const Step& step, bool unlimited);
  Refusal said(Object message, bool first_line) const;
  Object without_info_trees(Object state) const;

  const SourceLibrary& source_;
  const Library& lean_;
  Kernel& kernel_;
  Object root_;
};

}  // namespace leanfuzz::lean
