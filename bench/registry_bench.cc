// Measures the registry: import beside `sqlite3 .import` of the same file in the same run, the next day's
// import, a pass over all residents, and the search.
//
//   ninja -C build/release registry_bench && build/release/bench/registry_bench [RESIDENTS...]
//
// Without numbers: 100,000 and 1,000,000, each in a process of its own, since peak memory is that of a
// process. The town lies in $TMPDIR, else /tmp: take a real disk.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "demo/registry_file.h"
#include "town/registry/registry.h"
#include "town/registry/view.h"

using namespace sonae;

namespace {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

template <class T>
T must(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().in(Language::english));
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void make_file(const std::string& path, std::uint64_t residents) {
  const auto names = must(demo::Names::open(real_env(), SONAE_DATA_DIR));
  const auto places = must(demo::Places::open(real_env(), SONAE_DATA_DIR));
  demo::Town town(names, places, {.seed = 1, .residents = residents});
  must(demo::write_registry(real_env(), path, town, demo::Layout::simple, no_progress()));
}

double sqlite_import(const std::string& directory, const std::string& csv) {
  const std::string command = fmt::format(
      "sqlite3 {0}/beside.db '.mode csv' '.import {1} residents' && sync {0}/beside.db", directory, csv);
  const Stopwatch watch;
  if (std::system(command.c_str()) != 0) return 0;
  return watch.seconds();
}

struct Opened {
  std::unique_ptr<journal::View> access_view = access::make_view();
  std::unique_ptr<journal::View> registry_view = registry::make_view();
  std::unique_ptr<town::Town> town;
  std::unique_ptr<access::Access> access;
  std::unique_ptr<registry::Registry> registry;
  api::Call call;

  explicit Opened(const std::string& directory) {
    const bool is_new = !real_env().disk.status(directory + "/town/town.json");
    if (is_new) must(town::Town::init(real_env(), directory + "/town", "304280", "串本町", true));
    town = must(town::Town::open(real_env(), {SONAE_DATA_DIR, directory + "/keys"}, directory + "/town",
                                 {access_view.get(), registry_view.get()}));
    access = std::make_unique<access::Access>(*town);
    registry = std::make_unique<registry::Registry>(*town, *access);
    if (is_new) must(access->enrol_first("root", "bench"));
    call.actor = must(access->actor("root"));
    call.purpose = "bench";
  }
  registry::ImportReport import(Bytes content, const std::string& as_of) {
    call.file = api::InputFile{"registry.csv", std::move(content)};
    registry::ImportRequest request;
    request.as_of = *parse_iso_date(as_of);
    auto report = must(registry->import(call, request));
    call.file.reset();
    return report;
  }
};

// The next day: one in 2,000 has another phone number, and as many have moved away.
Bytes next_day(const Bytes& file) {
  Bytes changed;
  std::size_t line = 0;
  for (std::size_t at = 0; at < file.size(); ++line) {
    const std::size_t end = file.find('\n', at);
    std::string_view one = std::string_view(file).substr(at, end + 1 - at);
    at = end + 1;
    if (line % 2000 == 1000) continue;
    if (line % 2000 == 1) {
      one.remove_suffix(one.ends_with("\r\n") ? 2 : 1);
      changed.append(one).append("9\n");
    } else {
      changed += one;
    }
  }
  return changed;
}

void measure_search(Opened& opened) {
  const Stopwatch build;
  const auto people = must(opened.registry->people_index());
  fmt::print("  search index built           {:8.2f} s   {} MB\n", build.seconds(),
             people->linkage.memory() >> 20);
  std::vector<double> milliseconds;
  for (const char* const typed :
       {"や", "やま", "やまだ", "山", "山田", "山田 太", "yamada", "1948", "1948-03-11", "S23", "串本",
        "さとう", "佐藤 はな", "090", "ｻﾄｳ", "渡辺", "田中 ゆ"})
    for (int i = 0; i < 100; ++i) {
      const Stopwatch watch;
      people->search.find(typed);
      milliseconds.push_back(watch.seconds() * 1000);
    }
  std::ranges::sort(milliseconds);
  fmt::print("  search as you type           p50 {:.3f} ms   p99 {:.3f} ms   worst {:.3f} ms\n",
             milliseconds[milliseconds.size() / 2], milliseconds[milliseconds.size() * 99 / 100],
             milliseconds.back());
}

void run(std::uint64_t residents) {
  const char* const temporary = std::getenv("TMPDIR");
  const std::string directory =
      fmt::format("{}/sonae_registry_bench_{}", temporary ? temporary : "/tmp", getpid());
  std::filesystem::create_directories(directory);
  const std::string csv = directory + "/registry.csv";
  make_file(csv, residents);
  const double beside = sqlite_import(directory, csv);
  Bytes file = must(real_env().disk.read_all(csv));
  const Bytes tomorrow = next_day(file);
  fmt::print("{} residents, {} MB\n", residents, file.size() >> 20);
  fmt::print("  sqlite3 .import              {:8.2f} s\n", beside);
  {
    Opened opened(directory);
    const double before = peak_mebibytes();
    const Stopwatch watch;
    const auto report = opened.import(std::move(file), "2026-11-20");
    const double taken = watch.seconds();
    fmt::print(
        "  registry import              {:8.2f} s   {:.1f} times sqlite3   {:.0f} residents/s   {} chunks\n",
        taken, taken / beside, static_cast<double>(report.counts.people) / taken, report.new_chunks);
    fmt::print(
        "  peak memory                  {:8.0f} MB  ({:.0f} before: the program, its tables and both "
        "files)\n",
        peak_mebibytes(), before);
    const Stopwatch again;
    const auto second = opened.import(must(real_env().disk.read_all(csv)), "2026-11-20");
    fmt::print("  the same file again          {:8.2f} s   unchanged: {}\n", again.seconds(),
               second.unchanged);
    const Stopwatch day;
    const auto next = opened.import(tomorrow, "2026-11-21");
    fmt::print("  the next day's file          {:8.2f} s   {} of {} chunks new; {} changed, {} vanished\n",
               day.seconds(), next.new_chunks, next.chunks, next.differences->changed,
               next.differences->vanished);
  }
  fmt::print("  town.db                      {:8} MB\n",
             std::filesystem::file_size(directory + "/town/town.db") >> 20);
  const Stopwatch open;
  Opened opened(directory);
  const std::string version = opened.registry->version();
  fmt::print("  opening the town             {:8.2f} s\n", open.seconds());
  const Stopwatch pass;
  std::uint64_t count = 0;
  opened.registry->for_each_current(
      [&](const registry::ResidentRow& row) { count += row.lives_here() ? 1 : 0; });
  fmt::print("  a pass over all residents    {:8.2f} s   {:.0f} residents/s\n", pass.seconds(),
             static_cast<double>(count) / pass.seconds());
  measure_search(opened);
  fmt::print("  peak memory at the end       {:8.0f} MB\n", peak_mebibytes());
  std::filesystem::remove_all(directory);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2) {
    run(std::strtoull(argv[1], nullptr, 10));
    return 0;
  }
  std::vector<std::string> sizes(argv + 1, argv + argc);
  if (sizes.empty()) sizes = {"100000", "1000000"};
  for (const std::string& size : sizes)
    if (std::system(fmt::format("{} {}", argv[0], size).c_str()) != 0) return 1;
  return 0;
}
