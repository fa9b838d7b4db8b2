// Measures how fast the demonstration town is made.
//
//   ninja -C build/release demo_bench && build/release/bench/demo_bench [RESIDENTS]
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>

#include "base/progress.h"
#include "demo/registry_file.h"
#include "demo/sheet.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

// Wall time, and what of it this process had a processor: on a busy machine only the latter says something.
class Timer {
 public:
  void print(std::string_view what, std::uint64_t count, std::string_view remark = {}) const {
    const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double processor_s = static_cast<double>(std::clock() - processor_) / CLOCKS_PER_SEC;
    fmt::print("{:<22} {:9} in {:6.2f} s ({:5.2f} s of processor)  {:9.0f} /s  {}\n", what, count, wall_s,
               processor_s, static_cast<double>(count) / processor_s, remark);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::clock_t processor_ = std::clock();
};

int run(std::uint64_t residents) {
  Env& env = real_env();
  const Result<Names> names = Names::open(env, SONAE_DATA_DIR);
  const Result<Places> places = Places::open(env, SONAE_DATA_DIR);
  if (!names || !places) {
    fmt::print(stderr, "{}\n", (names ? places.error() : names.error()).in(Language::english));
    return 1;
  }
  const TownOptions options{.seed = 1, .residents = residents};

  {
    const Timer timer;
    Town town(*names, *places, options);
    std::uint64_t made = 0;
    while (const Household* const household = town.next())
      made += household->size();
    timer.print("residents made", made);
  }
  {
    const char* const temporary = std::getenv("TMPDIR");
    const std::string path = fmt::format("{}/sonae_demo_bench.csv", temporary ? temporary : "/tmp");
    const Timer timer;
    Town town(*names, *places, options);
    const Result<std::uint64_t> written = write_registry(env, path, town, Layout::simple, no_progress());
    if (!written) {
      fmt::print(stderr, "{}\n", written.error().in(Language::english));
      return 1;
    }
    timer.print("residents into a file", *written, fmt::format("{} MB", env.disk.status(path)->bytes >> 20));
    if (!env.disk.remove(path)) return 1;
  }
  {
    const Timer timer;
    std::size_t persons = 0;
    for (const Sheet& sheet : make_lists(*names, *places, options, {.persons = 3'000}))
      persons += sheet.entries.size();
    timer.print("persons on lists", persons, "of all residents");
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:<22} {:9} MB\n", "peak memory", usage.ru_maxrss >> 10);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
}
