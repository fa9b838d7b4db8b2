// sonae-sim: lives through one history after another and checks each.
//
//   sonae-sim --seeds 1..200 [--nodes 6] [--steps 150] [--show] [--coverage]
//   sonae-sim --sabotage all|NAME [--seeds 1..20]
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

#include "sim/history.h"
#include "sim/proofs_of_checks.h"

using namespace sonae;

namespace {

struct Arguments {
  std::uint64_t first = 1, last = 10;
  sim::HistoryPlan plan;
  std::optional<std::string> sabotage;
  bool show = false;
};

bool number(std::string_view text, std::uint64_t& into) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::optional<Arguments> read(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--show") {
      arguments.show = true;
      continue;
    }
    if (i + 1 == count) return std::nullopt;
    const std::string_view value = words[++i];
    std::uint64_t machines = 0;
    if (word == "--seeds") {
      const std::size_t dots = value.find("..");
      if (!number(value.substr(0, dots), arguments.first)) return std::nullopt;
      arguments.last = arguments.first;
      if (dots != std::string_view::npos && !number(value.substr(dots + 2), arguments.last))
        return std::nullopt;
    } else if (word == "--nodes" && number(value, machines) && machines > 1) {
      arguments.plan.machines = machines;
    } else if (word == "--sabotage") {
      arguments.sabotage = value;
    } else if (word != "--steps" || !number(value, arguments.plan.steps)) {
      return std::nullopt;
    }
  }
  return arguments;
}

int run_seeds(const Arguments& arguments) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  sim::Coverage coverage;
  std::uint64_t failed = 0, acknowledged = 0, gone = 0;
  for (std::uint64_t seed = arguments.first; seed <= arguments.last; ++seed) {
    sim::HistoryPlan plan = arguments.plan;
    plan.seed = seed;
    if (arguments.show) plan.tell = [](const std::string& line) { fmt::print("{}\n", line); };
    const sim::HistoryOutcome outcome = sim::live_through(plan, SONAE_DATA_DIR);
    coverage.add(outcome.coverage);
    acknowledged += outcome.acknowledged;
    gone += outcome.gone;
    fmt::print("seed {}: {} facts acknowledged, {} gone with their machines, {} nodes agree, digest {}\n",
               seed, outcome.acknowledged, outcome.gone, outcome.members, outcome.digest.hex().substr(0, 16));
    if (!outcome.findings.empty()) {
      ++failed;
      fmt::print("seed {} FAILED at step {}\n", seed, outcome.found_at);
      for (const std::string& finding : outcome.findings)
        fmt::print("  {}\n", finding);
      fmt::print("  replay: sonae-sim --seeds {} --nodes {} --steps {} --show\n", seed, plan.machines,
                 plan.steps);
    }
    std::fflush(stdout);
  }
  fmt::print("{}", coverage.table());
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  fmt::print("{} histories, {} failed, {} facts acknowledged, {} gone with destroyed machines, {:.1f} s\n",
             arguments.last - arguments.first + 1, failed, acknowledged, gone, seconds);
  return failed == 0 ? 0 : 1;
}

int run_sabotages(const Arguments& arguments) {
  std::uint64_t missed = 0, tried = 0;
  sim::each_sabotage([&](sim::Sabotage sabotage, std::string_view name) {
    if (*arguments.sabotage != "all" && *arguments.sabotage != name) return;
    ++tried;
    const sim::Caught caught =
        sim::catch_sabotage(sabotage, arguments.plan, arguments.first, arguments.last, SONAE_DATA_DIR);
    missed += caught.by.empty() ? 1 : 0;
    fmt::print("{:<26} {:<9} {}\n{:<26} {}\n", name,
               caught.by.empty() ? "MISSED" : fmt::format("seed {}", caught.seed), sim::describe(sabotage),
               "", caught.by.substr(0, caught.by.find('\n')));
    std::fflush(stdout);
  });
  fmt::print("{} sabotages, {} missed\n", tried, missed);
  return missed == 0 && tried > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const auto arguments = read(count, words);
  if (!arguments) {
    fmt::print(stderr,
               "usage: sonae-sim [--seeds A..B] [--nodes N] [--steps N] [--show]\n"
               "       sonae-sim --sabotage all|NAME [--seeds A..B] [--nodes N] [--steps N]\n");
    return 2;
  }
  return arguments->sabotage ? run_sabotages(*arguments) : run_seeds(*arguments);
}
