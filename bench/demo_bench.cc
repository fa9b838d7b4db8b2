// Measures how fast the demonstration town is made.
//
//   ninja -C build/release demo_bench && build/release/bench/demo_bench [RESIDENTS]
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>

#include "base/progress.h"
#include "demo/registry_file.h"
#include "demo/sheet.h"

using namespace sonae;
using namespace sonae::demo;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run(std::uint64_t residents) {
  Env& env = real_env();
  const Result<Names> names = Names::open(env, SONAE_DATA_DIR);
  const Result<Places> places = Places::open(env, SONAE_DATA_DIR);
  if (!names || !places) {
    fmt::print(stderr, "{}\n", (names ? places.error() : names.error()).in(Language::english));
    return 1;
  }
  const TownOptions options{.seed = 1, .residents = residents};

  auto start = std::chrono::steady_clock::now();
  Town in_memory(*names, *places, options);
  std::uint64_t made = 0;
  while (const Household* const household = in_memory.next())
    made += household->size();
  double taken = seconds_since(start);
  fmt::print("residents made          {:9} in {:6.2f} s  {:9.0f} /s\n", made, taken, double(made) / taken);

  const char* const temporary = std::getenv("TMPDIR");
  const std::string path = fmt::format("{}/sonae_demo_bench.csv", temporary ? temporary : "/tmp");
  start = std::chrono::steady_clock::now();
  Town to_file(*names, *places, options);
  const Result<std::uint64_t> written = write_registry(env, path, to_file, Layout::simple, no_progress());
  taken = seconds_since(start);
  if (!written) {
    fmt::print(stderr, "{}\n", written.error().in(Language::english));
    return 1;
  }
  const std::uint64_t bytes = env.disk.status(path)->bytes;
  fmt::print("residents into a file   {:9} in {:6.2f} s  {:9.0f} /s  {} MB\n", *written, taken,
             double(*written) / taken, bytes >> 20);
  if (!env.disk.remove(path)) return 1;

  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory so far      {:9} MB\n", usage.ru_maxrss >> 10);

  start = std::chrono::steady_clock::now();
  std::size_t persons = 0;
  for (const Sheet& sheet : make_lists(*names, *places, options, {.persons = 3'000}))
    persons += sheet.entries.size();
  taken = seconds_since(start);
  fmt::print("persons on lists        {:9} in {:6.2f} s\n", persons, taken);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
}
