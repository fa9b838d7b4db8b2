// What a command writes: answers to standard output, everything else (progress, errors) to standard error.
#pragma once

#include <string>

#include "base/env.h"
#include "base/error.h"
#include "base/json.h"
#include "base/progress.h"

namespace sonae::app {

struct Output {
  bool json = false;  // for machines: one JSON document, errors too
  Language language = Language::english;
};

void print_answer(const Output& output, const json::value& answer);  // as it is, or rendered for people
void print_line(std::string_view line);
int print_error(const Output& output, const Error& error);  // returns the exit code

// One line on a terminal, redrawn ten times a second at most, with rate and remaining time; nothing where
// standard error is no terminal. SIGINT asks the work to stop; the second one ends the program.
class TerminalProgress final : public Progress {
 public:
  TerminalProgress(Env& env, Language language);
  ~TerminalProgress() override;
  void report(const Phrase& step, std::uint64_t done, std::uint64_t total) override;
  bool stop_requested() const override;

 private:
  void clear();
  Env& env_;
  Language language_;
  bool terminal_;
  bool drawn_ = false;
  std::string step_;
  std::int64_t step_began_ = 0;
  std::int64_t last_drawn_ = 0;
};

}  // namespace sonae::app
