#include "base/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

extern char** environ;

namespace sonae {

namespace {

constexpr std::chrono::milliseconds kLongestWait{50};

// The environment of the program: ours, and what the call adds.
std::vector<std::string> environment_of(const ProgramCall& call) {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view variable(*one);
    const std::string_view name = variable.substr(0, variable.find('='));
    if (std::ranges::none_of(call.environment, [&](const auto& added) { return added.first == name; }))
      all.emplace_back(variable);
  }
  for (const auto& [name, value] : call.environment)
    all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The two ends of what the program reads. A pair of sockets, not a pipe: where the program has ended, writing
// is an error (MSG_NOSIGNAL) and no signal.
class Feeding {
 public:
  ~Feeding() {
    close_ours();
    close_theirs();
  }
  bool open() { return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()) == 0; }
  int theirs() const { return ends_[1]; }
  void close_ours() { close_end(ends_[0]); }
  void close_theirs() { close_end(ends_[1]); }

  // False where the program reads no more.
  bool write(const char* bytes, std::size_t count) {
    while (count > 0) {
      const ssize_t sent = ::send(ends_[0], bytes, count, MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes += sent;
      count -= static_cast<std::size_t>(sent);
    }
    return true;
  }

 private:
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

Result<int> wait_for(pid_t child, const std::function<bool()>& stop) {
  bool stopped = false;
  for (std::chrono::milliseconds pause{1};;) {
    int status = 0;
    const pid_t ended = ::waitpid(child, &status, stop && !stopped ? WNOHANG : 0);
    if (ended == child) {
      if (stopped) return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (ended < 0 && errno != EINTR)
      return fail(ErrorCode::internal, {"プログラムの終わりが分かりません", "A program's end is not known"});
    if (ended < 0) continue;
    if (stop()) {
      stopped = true;
      ::kill(child, SIGTERM);
      continue;
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestWait);
  }
}

}  // namespace

Result<int> run_program(const ProgramCall& call) {
  std::vector<std::string> words = call.words, variables = environment_of(call);
  Feeding feeding;
  if (call.feed && !feeding.open())
    return fail(ErrorCode::io_failure, {"プログラムに渡せません", "A program cannot be fed"}, words.front());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (call.feed)
    posix_spawn_file_actions_adddup2(&actions, feeding.theirs(), 0);
  else
    posix_spawn_file_actions_addopen(&actions, 0, call.input.empty() ? "/dev/null" : call.input.c_str(),
                                     O_RDONLY, 0);
  constexpr int kAnew = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 1, call.output.c_str(), kAnew, 0600);
  if (call.errors.empty())
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
  else
    posix_spawn_file_actions_addopen(&actions, 2, call.errors.c_str(), kAnew, 0600);
  // A server holds its stop signals back, and is deaf to broken pipes: the program must not inherit that.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, pipe;
  sigemptyset(&none);
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &pipe);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, words.front().c_str(), &actions, &attributes,
                                    pointers_to(words).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed == ENOENT)
    return fail(ErrorCode::unsupported, {"プログラムが入っていません", "A program is not installed"},
                words.front());
  if (failed != 0)
    return fail(ErrorCode::io_failure, {"プログラムを動かせません", "A program cannot be run"},
                words.front() + ": " + std::generic_category().message(failed));
  feeding.close_theirs();
  if (!call.feed) return wait_for(child, call.stop);

  Status fed;
  std::array<char, 65536> piece;
  for (;;) {
    const auto got = call.feed(piece.data(), piece.size());
    if (!got) fed = std::unexpected(got.error());
    if (!got || *got == 0 || !feeding.write(piece.data(), *got)) break;
    if (call.stop && call.stop()) fed = fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});
    if (!fed) break;
  }
  if (!fed) ::kill(child, SIGTERM);  // before it takes the end of what it reads for the end of the content
  feeding.close_ours();
  const auto ended = wait_for(child, call.stop);
  if (!fed) return std::unexpected(fed.error());
  return ended;
}

}  // namespace sonae
