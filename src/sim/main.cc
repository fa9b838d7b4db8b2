// sonae-sim: lives through one history after another and checks each.
//
//   sonae-sim --seeds 1..200 [--nodes 6] [--steps 150] [--jobs 2] [--show] [--full-coverage]
//   sonae-sim --sabotage all|NAME [--seeds 1..20] ...
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

#include "sim/history.h"
#include "sim/in_order.h"
#include "sim/proofs_of_checks.h"

using namespace sonae;

namespace {

struct Arguments {
  std::uint64_t first = 1, last = 10, jobs = 1;
  sim::HistoryPlan plan;
  std::optional<std::string> sabotage;
  bool nodes_given = false;
  bool show = false;
  bool full_coverage = false;  // an empty cell is a failure

  std::size_t histories() const { return last < first ? 0 : last - first + 1; }
  sim::HistoryPlan plan_of(std::size_t number) const;
};

// Dozens of machines now and then.
constexpr std::uint64_t kManyEvery = 25;
constexpr std::size_t kMany = 24;

sim::HistoryPlan Arguments::plan_of(std::size_t number) const {
  sim::HistoryPlan one = plan;
  one.seed = first + number;
  if (!nodes_given && !sabotage && one.seed % kManyEvery == 0) one.machines = kMany;
  return one;
}

bool number(std::string_view text, std::uint64_t& into) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool read_seeds(std::string_view value, Arguments& arguments) {
  const std::size_t dots = value.find("..");
  if (!number(value.substr(0, dots), arguments.first)) return false;
  arguments.last = arguments.first;
  return dots == std::string_view::npos || number(value.substr(dots + 2), arguments.last);
}

std::optional<Arguments> read(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--show" || word == "--full-coverage") {
      (word == "--show" ? arguments.show : arguments.full_coverage) = true;
      continue;
    }
    if (i + 1 == count) return std::nullopt;
    const std::string_view value = words[++i];
    std::uint64_t machines = 0;
    bool understood = true;
    if (word == "--seeds") {
      understood = read_seeds(value, arguments);
    } else if (word == "--nodes") {
      understood = arguments.nodes_given = number(value, machines) && machines > 1;
      arguments.plan.machines = machines;
    } else if (word == "--sabotage") {
      arguments.sabotage = value;
    } else if (word == "--jobs") {
      understood = number(value, arguments.jobs) && arguments.jobs > 0;
    } else {
      understood = word == "--steps" && number(value, arguments.plan.steps);
    }
    if (!understood) return std::nullopt;
  }
  // Step by step only one history can be followed at a time.
  if (arguments.show) arguments.plan.tell = [](const std::string& line) { fmt::print("{}\n", line); };
  if (arguments.show) arguments.jobs = 1;
  return arguments;
}

void print_findings(const sim::HistoryPlan& plan, const sim::HistoryOutcome& outcome) {
  fmt::print("seed {} FAILED at step {}\n", plan.seed, outcome.found_at);
  for (const std::string& finding : outcome.findings)
    fmt::print("  {}\n", finding);
  fmt::print("  replay: sonae-sim --seeds {} --nodes {} --steps {} --show\n", plan.seed, plan.machines,
             plan.steps);
}

int run_seeds(const Arguments& arguments) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  sim::Coverage coverage;
  sim::HistoryOutcome sum;
  std::uint64_t failed = 0;
  sim::in_order(
      arguments.histories(), arguments.jobs,
      [&](std::size_t i) { return sim::live_through(arguments.plan_of(i), SONAE_DATA_DIR); },
      [&](std::size_t i, const sim::HistoryOutcome& one) {
        coverage.add(one.coverage);
        sum.acknowledged += one.acknowledged;
        sum.gone += one.gone;
        sum.backups += one.backups;
        sum.restores += one.restores;
        sum.contradictions += one.contradictions;
        fmt::print("seed {}: {} facts acknowledged, {} gone with their machines, {} nodes agree, digest {}\n",
                   arguments.first + i, one.acknowledged, one.gone, one.members,
                   one.digest.hex().substr(0, 16));
        if (!one.findings.empty()) ++failed, print_findings(arguments.plan_of(i), one);
        std::fflush(stdout);
      });
  fmt::print("{}", coverage.table());
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  fmt::print(
      "{} histories, {} failed, {} facts acknowledged, {} gone with destroyed machines, {} contradictions, "
      "{} backups, {} restores, {:.1f} s, {:.2f} histories/s\n",
      arguments.histories(), failed, sum.acknowledged, sum.gone, sum.contradictions, sum.backups,
      sum.restores, seconds, static_cast<double>(arguments.histories()) / seconds);
  return failed > 0 || (arguments.full_coverage && !coverage.empty_cells().empty()) ? 1 : 0;
}

// In how many histories a sabotage could be done, in how many it was found out, and the first time by what.
bool run_sabotage(const Arguments& arguments, sim::Sabotage sabotage, std::string_view name) {
  std::uint64_t done = 0, caught = 0, first = 0;
  std::string by;
  sim::in_order(
      arguments.histories(), arguments.jobs,
      [&](std::size_t i) {
        sim::HistoryPlan plan = arguments.plan_of(i);
        plan.sabotage = sabotage;
        return sim::try_sabotage(plan, SONAE_DATA_DIR);
      },
      [&](std::size_t i, const sim::Trial& trial) {
        done += trial.done ? 1 : 0;
        if (trial.by.empty()) return;
        if (caught++ == 0) first = arguments.first + i, by = trial.by;
      });
  fmt::print("{:<26} {:>3} {:>3} {:>6}  {}\n{:<44}{}\n", name, done, caught,
             caught == 0 ? "MISSED" : fmt::format("{}", first), sim::describe(sabotage), "",
             by.substr(0, by.find('\n')));
  std::fflush(stdout);
  return caught > 0;
}

int run_sabotages(const Arguments& arguments) {
  std::uint64_t missed = 0, tried = 0;
  fmt::print("of {} histories, in which it was done and in which it was found out, the first of these:\n",
             arguments.histories());
  sim::each_sabotage([&](sim::Sabotage sabotage, std::string_view name) {
    if (*arguments.sabotage != "all" && *arguments.sabotage != name) return;
    ++tried;
    missed += run_sabotage(arguments, sabotage, name) ? 0 : 1;
  });
  fmt::print("{} sabotages, {} missed\n", tried, missed);
  return missed == 0 && tried > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const auto arguments = read(count, words);
  if (!arguments) {
    fmt::print(
        stderr,
        "usage: sonae-sim [--seeds A..B] [--nodes N] [--steps N] [--jobs N] [--show] [--full-coverage]\n"
        "       sonae-sim --sabotage all|NAME [--seeds A..B] [--nodes N] [--steps N] [--jobs N]\n");
    return 2;
  }
  return arguments->sabotage ? run_sabotages(*arguments) : run_seeds(*arguments);
}
