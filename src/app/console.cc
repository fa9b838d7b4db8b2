#include "app/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>

#include "app/render.h"

namespace sonae::app {

namespace {

std::atomic<bool> interrupted = false;

void on_interrupt(int) {
  if (interrupted.exchange(true)) ::_exit(130);
}

}  // namespace

void print_line(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
}

void print_answer(const Output& output, const json::value& answer) {
  if (output.json)
    print_line(to_text(answer));
  else
    print_line(render(answer, output.language));
}

int print_error(const Output& output, const Error& error) {
  const ErrorKind& kind = kind_of(error.code);
  if (output.json) {
    const json::object described{
        {"code", kind.name},
        {"message", error.what.empty() ? kind.title.in(output.language) : error.what.in(output.language)},
        {"where", error.where},
        {"what_to_do", error.what_to_do.in(output.language)}};
    print_line(to_text(json::object{{"error", described}}));
  } else {
    const std::string text = "sonae: " + error.in(output.language) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
  return kind.exit_code;
}

TerminalProgress::TerminalProgress(Env& env, Language language)
    : env_(env), language_(language), terminal_(::isatty(STDERR_FILENO) == 1) {
  std::signal(SIGINT, on_interrupt);
}

TerminalProgress::~TerminalProgress() {
  clear();
  std::signal(SIGINT, SIG_DFL);
}

void TerminalProgress::clear() {
  if (drawn_) std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

bool TerminalProgress::stop_requested() const {
  return interrupted;
}

void TerminalProgress::report(const Phrase& step, std::uint64_t done, std::uint64_t total) {
  if (!terminal_) return;
  const std::int64_t now = env_.clock.monotonic_microseconds();
  const std::string& words = step.in(language_);
  if (words != step_) {
    step_ = words;
    step_began_ = now;
    last_drawn_ = 0;
  }
  if (now - last_drawn_ < 100'000 && done != total) return;
  last_drawn_ = now;
  const double seconds = static_cast<double>(now - step_began_) / 1e6;
  std::string line = fmt::format("\r\x1b[K{}: {}", step_, done);
  if (total > 0) line += fmt::format("/{} ({}%)", total, done * 100 / total);
  if (seconds > 0.5 && done > 0) {
    const double rate = static_cast<double>(done) / seconds;
    line += fmt::format("  {:.0f}/s", rate);
    if (total > done)
      line += language_ == Language::japanese
                  ? fmt::format("  残り{:.0f}秒", static_cast<double>(total - done) / rate)
                  : fmt::format("  {:.0f} s left", static_cast<double>(total - done) / rate);
  }
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace sonae::app
