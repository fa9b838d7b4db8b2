// The two stores beside each other in one run: appends that are acknowledged when they are on the disk, the
// facts of one subject, a registry brought in, views derived again. PostgreSQL is a server of this program's
// own on the same disk, without a standby.
//
//   store_bench DIRECTORY [FACTS] [RESIDENTS]      the directory must be on a real disk
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "demo/registry_file.h"
#include "journal/testing_view.h"
#include "store/postgres.h"
#include "store/postgres_testing.h"
#include "town/database.h"
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

journal::Draft draft_of(int thread, int i) {
  journal::Draft made;
  made.kind = "notes.written";
  made.subjects = {{"page", fmt::format("{:03}-{:08}", thread, i)}};
  made.body = R"({"text":")" + Bytes(300, 'x') + R"("})";
  return made;
}

double appends_per_second(journal::Journal& journal, int facts, int threads, int first) {
  const Stopwatch watch;
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t)
    workers.emplace_back([&, t] {
      for (int i = 0; i < facts / threads; ++i)
        must(journal.append({{draft_of(first + t, i)}, {}, {}}));
    });
  for (std::thread& worker : workers)
    worker.join();
  return static_cast<double>(facts / threads * threads) / watch.seconds();
}

void measure_journal(const std::string& name, store::Database& database, int facts) {
  journal::NotesView view;
  auto journal = must(journal::Journal::open(
      real_env(), database, {TownId{}, Bytes(32, 't'), SigningKey::generate(real_env().random)}, {&view}));
  const double alone = appends_per_second(*journal, facts / 20, 1, 0);
  const double sixteen = appends_per_second(*journal, facts, 16, 100);
  const double many = appends_per_second(*journal, facts, 64, 200);
  const auto connection = journal->reader();
  std::vector<double> microseconds;
  for (int i = 0; i < 2000; ++i) {
    const journal::Subject subject{"page", fmt::format("{:03}-{:08}", 100 + i % 16, i % (facts / 16))};
    const Stopwatch watch;
    if (journal::facts_about(*connection, subject).size() != 1) std::abort();
    microseconds.push_back(watch.seconds() * 1e6);
  }
  std::ranges::sort(microseconds);
  const Stopwatch rebuild;
  must(journal->rebuild(no_progress()));
  const double total = facts * 2.0 + facts / 20.0;
  fmt::print(
      "{:<11} appends/s: {:.0f} by one, {:.0f} by 16, {:.0f} by 64   facts of one subject: p50 {:.0f} us, "
      "p99 {:.0f} us   rebuild: {:.0f} facts/s\n",
      name, alone, sixteen, many, microseconds[1000], microseconds[1980], total / rebuild.seconds());
}

void measure_import(const std::string& name, const std::string& directory, const std::string& url,
                    const Bytes& file, std::uint64_t residents) {
  must(town::Town::init(real_env(), directory, "304280", "串本町", true));
  must(town::set_store_url(real_env(), directory, url));
  const auto access_view = access::make_view();
  const auto registry_view = registry::make_view();
  const auto town = must(town::Town::open(real_env(), {SONAE_DATA_DIR, directory + ".keys"}, directory,
                                          {access_view.get(), registry_view.get()}));
  access::Access access(*town);
  registry::Registry registry(*town, access);
  must(access.enrol_first("root", "bench"));
  api::Call call;
  call.actor = must(access.actor("root"));
  call.purpose = "bench";
  call.file = api::InputFile{"registry.csv", file};
  registry::ImportRequest request;
  request.as_of = *parse_iso_date("2026-11-20");
  const Stopwatch watch;
  must(registry.import(call, request));
  const double taken = watch.seconds();
  const Stopwatch pass;
  std::uint64_t count = 0;
  registry.for_each_current([&](const registry::ResidentRow&) { ++count; });
  fmt::print("{:<11} import of {} residents: {:.2f} s   a pass over them: {:.2f} s\n", name, residents, taken,
             pass.seconds());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "store_bench DIRECTORY [FACTS] [RESIDENTS]\n");
    return 2;
  }
  const std::string directory = std::string(argv[1]) + "/store-bench";
  const int facts = argc > 2 ? std::atoi(argv[2]) : 20'000;
  const std::uint64_t residents = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100'000;
  std::filesystem::create_directories(directory + "/postgres");
  {
    store::PostgresCluster cluster(directory + "/postgres");
    for (int round = 0; round < 2; ++round) {
      const auto sqlite = must(store::open_sqlite(fmt::format("{}/{}.db", directory, round)));
      measure_journal("SQLite", *sqlite, facts);
      const auto postgres = must(store::open_postgres(cluster.new_schema()));
      measure_journal("PostgreSQL", *postgres, facts);
    }
    if (residents > 0) {
      const auto names = must(demo::Names::open(real_env(), SONAE_DATA_DIR));
      const auto places = must(demo::Places::open(real_env(), SONAE_DATA_DIR));
      demo::Town people(names, places, {.seed = 1, .residents = residents});
      const std::string csv = directory + "/registry.csv";
      must(demo::write_registry(real_env(), csv, people, demo::Layout::simple, no_progress()));
      const Bytes file = must(real_env().disk.read_all(csv));
      measure_import("SQLite", directory + "/one", "", file, residents);
      measure_import("PostgreSQL", directory + "/other", cluster.new_schema(), file, residents);
    }
  }
  std::filesystem::remove_all(directory);
  return 0;
}
