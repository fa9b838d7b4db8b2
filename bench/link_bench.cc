// Measures how fast linkage is: match and search times, index building, memory, whole runs over files; and
// the cascade of 2012 beside it. How right it is: link_quality_bench.
//
//   link_bench speed [--residents N]                        3,000 rows, single queries, search
//   link_bench files [--residents N] [--rows N] DIRECTORY   writes registry.csv, list.csv, truth.csv
//   link_bench normalise DIRECTORY                          from those files to the same ones as other
//   linkers want
//                                                           them (bench/linkers/)
//   link_bench match [--index] DIRECTORY                    from those files to out.csv
//   link_bench curve [--residents N] DIRECTORY              loading, opening the saved index, single queries
//   link_bench odd DIRECTORY                                what odd input costs, each case in a process of
//   its
//                                                           own
//   link_bench cascade [--residents N] [--rows N] [--model haste|confusion]
//   link_bench febrl [--model 1] DIRECTORY
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <unordered_map>

#include "bench/link_setup.h"
#include "bench/normal_files.h"
#include "bench/odd_inputs.h"
#include "link/index.h"
#include "link/keys.h"
#include "link/link_files.h"
#include "link/match_files.h"
#include "link/matcher.h"
#include "link/row_matcher.h"
#include "link/search.h"

using namespace sonae;
using namespace sonae::bench;

namespace {

struct Options {
  std::string command = "speed", directory = "/tmp";
  std::size_t residents = 100'000, rows = 5'000;
  std::uint64_t seed = 1;
  double error = 1, phone = .3;
  bool shuffled = false, saved_index = false;
  std::string model = "haste";
};

ListOptions list_options(const Options& o) {
  ListOptions list;
  list.model = error_model(o.model);
  list.rows = o.rows;
  list.seed = o.seed;
  list.error = o.error;
  list.shuffled = o.shuffled;
  return list;
}

// The matching of a disaster system of 2012: exact conditions one after another, stopping at exactly one hit.
int cascade(const Options& o) {
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  const auto list = made_list(world, people, list_options(o));
  const std::string list_text = list_csv(list);
  const link::Registry registry = build(records_of(registry_text, link::Layout::residents));
  const link::Index& index = registry.index();
  Watch watch;
  watch.seconds();
  const auto keys_of = [](const link::Features& f) {
    using link::mixed;
    const auto kana = f.kana_count && f.kana_family && f.kana_family < f.kana_count
                          ? mixed(std::uint64_t(f.kana), std::uint64_t(f.kana >> 64) + f.kana_family)
                          : 0;
    const auto birth = f.birth().is_whole() ? std::uint64_t(f.year * 10000 + f.month * 100 + f.day) : 0;
    return std::array<std::uint64_t, 4>{
        kana ? mixed(kana, 1) : 0, birth && f.sex && f.town ? mixed(mixed(birth, f.sex), f.town) : 0,
        kana && birth ? mixed(kana, birth) : 0, kana && f.town ? mixed(kana, f.town) : 0};
  };
  std::array<std::unordered_map<std::uint64_t, std::pair<std::uint32_t, int>>, 4> hits;
  for (std::uint32_t slot = 0; slot < index.slots(); ++slot) {
    const auto keys = keys_of(index.features(slot));
    for (std::size_t k = 0; k < 4; ++k)
      if (keys[k]) {
        auto& [who, count] = hits[k][keys[k]];
        who = slot;
        ++count;
      }
  }
  link::RowMatcher reader(registry, Date{2026, 11, 20});
  double right = 0, accepted = 0, residents = 0, strangers = 0, strangers_accepted = 0;
  const auto rows = records_of(list_text, link::Layout::rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto keys = keys_of(reader.read(rows[i])[0].features);
    residents += list[i].truth != 0;
    strangers += list[i].truth == 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const auto at = keys[k] ? hits[k].find(keys[k]) : hits[k].end();
      if (at == hits[k].end() || at->second.second != 1) continue;
      ++accepted;
      right += list[i].truth != 0 && index.id(at->second.first) == std::to_string(list[i].truth);
      strangers_accepted += list[i].truth == 0;
      break;
    }
  }
  fmt::print(
      "cascade of 2012, {} residents x {} rows, {}: precision {:.4f} recall {:.4f} F1 {:.4f}, strangers "
      "accepted {:.4f}; {}\n",
      o.residents, rows.size(), o.model, right / accepted, right / residents,
      2 * right / (accepted + residents), strangers_accepted / strangers, watch.both());
  return 0;
}

double percentile(std::vector<double>& values, double p) {
  std::ranges::sort(values);
  return values.empty()
             ? 0
             : values[std::min(values.size() - 1, static_cast<std::size_t>(p * double(values.size())))];
}

// This thread's processor time: what a query takes where nobody else wants the processor.
double processor_microseconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) * 1e6 + double(t.tv_nsec) / 1e3;
}

// Single queries one after another, by the processor's time.
std::string queries(const link::Registry& registry, const std::vector<link::Record>& rows) {
  link::MatchOptions options;
  options.threads = 1;
  const link::Matcher matcher(registry, link::Weights::defaults(), options);
  std::vector<double> times;
  for (const auto& row : rows) {
    const double begin = processor_microseconds();
    matcher.match(row);
    times.push_back(processor_microseconds() - begin);
  }
  const double p50 = percentile(times, .5), p99 = percentile(times, .99);
  return fmt::format("p50 {:.0f} us, p99 {:.0f} us, most {:.0f} us", p50, p99, percentile(times, 1));
}

// One point of the curve. Residents are made a million at a time, so that ten million fit beside other work.
int curve(const Options& o) {
  constexpr std::size_t kChunk = 1'000'000;
  World world(SONAE_DATA_DIR);
  link::RegistryBuilder builder(context(), o.residents);
  std::string list_text;
  double wall = 0, cpu = 0;
  Watch watch;
  for (std::size_t from = 0; from < o.residents; from += kChunk) {
    std::vector<Person> people =
        world.people(std::min(kChunk, o.residents - from), o.seed + from / kChunk, o.phone);
    for (Person& p : people) {
      p.id += static_cast<std::uint32_t>(from);
      p.household += static_cast<std::uint32_t>(from);
    }
    if (from == 0) list_text = list_csv(made_list(world, people, list_options(o)));
    const std::string text = registry_csv(world, people);
    people = {};
    const auto residents = records_of(text, link::Layout::residents);
    watch.seconds();
    for (const link::Record& r : residents)
      builder.add(r);
    wall += watch.seconds();
    cpu += watch.cpu();
  }
  watch.seconds();
  const link::Registry built = builder.finish(2);
  wall += watch.seconds();
  cpu += watch.cpu();
  const double n = double(o.residents);
  fmt::print("{} residents: index {:.2f} s (processor {:.2f} s, {:.2f} us each), {:.0f} bytes each\n",
             o.residents, wall, cpu, cpu / n * 1e6, double(built.memory()) / n);
  const auto rows = records_of(list_text, link::Layout::rows);
  fmt::print("  built: {}\n", queries(built, rows));
  const std::string path = o.directory + "/curve.index";
  if (const auto saved = built.save(real_env(), path); !saved) return 1;
  const double begin = processor_microseconds();
  watch.seconds();
  const auto opened = link::Registry::open(real_env(), path, context());
  const double opening = watch.seconds() * 1e3, opening_cpu = (processor_microseconds() - begin) / 1e3;
  if (!opened) return 1;
  fmt::print(
      "  saved index opened in {:.2f} ms (processor {:.2f} ms); first 100 rows: {}\n", opening, opening_cpu,
      queries(*opened, {rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(100, std::ssize(rows))}));
  fmt::print("  mapped: {}\n", queries(*opened, rows));
  std::filesystem::remove(path);
  return 0;
}

int speed(const Options& o) {
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  const auto list = made_list(world, people, list_options(o));
  const std::string list_text = list_csv(list);
  const auto residents = records_of(registry_text, link::Layout::residents);
  Watch watch;
  watch.seconds();
  const link::Registry registry = build(residents);
  fmt::print("{} residents: index built in {}, {:.0f} bytes a resident\n", o.residents, watch.both(),
             double(registry.memory()) / double(registry.size()));
  const auto rows = records_of(list_text, link::Layout::rows);
  {
    link::Matcher matcher(registry);
    watch.seconds();
    matcher.match_all(rows);
    fmt::print("match {} rows: {}\n", rows.size(), watch.both());
    std::vector<double> times;
    for (const auto& row : rows) {
      watch.seconds();
      matcher.match(row);
      times.push_back(watch.seconds() * 1e6);
    }
    fmt::print("one row: p50 {:.0f} us, p99 {:.0f} us, most {:.0f} us\n", percentile(times, .5),
               percentile(times, .99), percentile(times, 1));
  }
  watch.seconds();
  const link::Search search(registry);
  fmt::print("search orders built in {}\n", watch.both());
  std::vector<double> times;
  Dice dice(5);
  for (int i = 0; i < 20000; ++i) {
    const Person& p = people[dice.next() % people.size()];
    const auto kana = characters(p.family_kana), given = characters(p.given_kana),
               kanji = characters(p.family);
    std::string typed;
    switch (dice.upto(8)) {
      case 0:
        typed = kana[0];
        break;
      case 1:
        typed = p.family_kana + " " + given[0];
        break;
      case 2:
        typed = kanji[0];
        break;
      case 3:
        typed = p.family + " " + p.given;
        break;
      case 4:
        typed = kana[0] + " " + std::to_string(p.year);
        break;
      case 5:
        typed = world.towns()[p.town].name + " " + kana[0];
        break;
      case 6:
        typed = text::katakana_to_romaji(p.family_kana).substr(0, 3);
        break;
      default:
        typed = kana[0] + " " + given[0];
    }
    watch.seconds();
    search.find(typed);
    times.push_back(watch.seconds() * 1e6);
  }
  fmt::print("search: p50 {:.0f} us, p99 {:.0f} us, most {:.0f} us\n", percentile(times, .5),
             percentile(times, .99), percentile(times, 1));
  return 0;
}

// The whole way from two files to one, as `sonae match` goes it.
int match(const Options& o) {
  link::MatchFilesOptions options;
  options.registry = o.directory + "/registry.csv";
  options.list = o.directory + "/list.csv";
  options.out = o.directory + "/out.csv";
  if (o.saved_index) options.index = o.directory + "/index";
  Watch watch;
  watch.seconds();
  options.context = context();
  const auto report = link::match_files(real_env(), options);
  const std::string taken = watch.both();
  if (!report) {
    fmt::print(stderr, "{}\n", report.error().in(Language::english));
    return 1;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} residents, {} rows: {}; load {:.3f} s, match {:.3f} s; peak {} MB\n", report->residents,
             report->rows, taken, report->load_seconds, report->match_seconds, usage.ru_maxrss >> 10);
  fmt::print("match {}, review {}, none {}; bad lines {}\n", report->matched, report->asked, report->none,
             report->bad_lines.size());
  return 0;
}

// Each case is matched by a child, whose peak of memory is its own; files are made and removed one by one.
int match_odd_inputs(const Options& o) {
  auto& disk = real_env().disk;
  for (const OddInput& input : odd_inputs()) {
    if (!disk.write_whole(o.directory + "/registry.csv", input.registry()) ||
        !disk.write_whole(o.directory + "/list.csv", input.list()))
      return 1;
    fmt::print("{}: ", input.name);
    std::fflush(stdout);
    if (const pid_t child = fork(); child == 0) {
      const int failed = match(o);
      std::fflush(stdout);
      _exit(failed);
    } else {
      int status = 0;
      if (child < 0 || waitpid(child, &status, 0) != child) return 1;
      if (status != 0) fmt::print("failed ({})\n", status);
    }
  }
  return 0;
}

// FEBRL's data by the general linker; the truth is the number in rec_id.
int febrl(const Options& o) {
  const bool one_file = o.model == "1";
  link::LinkFilesOptions options;
  options.left = o.directory + (one_file ? "/dataset1.csv" : "/dataset4a.csv");
  if (!one_file) options.right = o.directory + "/dataset4b.csv";
  options.spec = std::string(SONAE_DATA_DIR) + (one_file ? "/link/febrl1.toml" : "/link/febrl4.toml");
  options.out = "/tmp/sonae_febrl_pairs.csv";
  Watch watch;
  watch.seconds();
  const auto report = link::link_files(real_env(), options);
  if (!report) {
    fmt::print(stderr, "{}\n", report.error().in(Language::english));
    return 1;
  }
  fmt::print("{} x {} records, {} pairs compared: {}\n", report->left_records, report->right_records,
             report->compared, watch.both());
  const auto written = real_env().disk.read_all(options.out);
  CsvReader reader(*written);
  const auto number = [](std::string_view id) { return id.substr(4, id.find('-', 4) - 4); };
  double right = 0, all = -1;
  while (*reader.next()) {
    if (++all == 0) continue;
    right += number(reader.cells()[0]) == number(reader.cells()[1]);
  }
  const double truth = double(one_file ? 500 : report->left_records);
  fmt::print("pairs {}  precision {:.5f}  recall {:.5f}  F1 {:.5f}\n", all, right / all, right / truth,
             2 * right / (all + truth));
  return 0;
}

int files(const Options& o) {
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const auto list = made_list(world, people, list_options(o));
  std::string truth = "entry_id,resident_id\n";
  for (const ListRow& row : list)
    truth += row.entry + "," + (row.truth ? std::to_string(row.truth) : "") + "\n";
  auto& disk = real_env().disk;
  for (const auto& [name, text] : {std::pair{"/registry.csv", registry_csv(world, people)},
                                   std::pair{"/list.csv", list_csv(list)}, std::pair{"/truth.csv", truth}}) {
    if (const auto written = disk.write_whole(o.directory + name, text); !written) {
      fmt::print(stderr, "{}\n", written.error().in(Language::english));
      return 1;
    }
  }
  return 0;
}

int normalise(const Options& o) {
  auto& disk = real_env().disk;
  const auto registry_text = disk.read_all(o.directory + "/registry.csv");
  const auto list_text = disk.read_all(o.directory + "/list.csv");
  if (!registry_text || !list_text) {
    fmt::print(stderr, "link_bench files DIRECTORY makes them first\n");
    return 1;
  }
  const link::Registry registry = build(records_of(*registry_text, link::Layout::residents));
  const std::string list =
      normal_list(registry, records_of(*list_text, link::Layout::rows), Date{2026, 11, 20});
  return disk.write_whole(o.directory + "/registry_normal.csv", normal_registry(registry)) &&
                 disk.write_whole(o.directory + "/list_normal.csv", list)
             ? 0
             : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options o;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto value = [&] { return std::string(i + 1 < argc ? argv[++i] : "0"); };
    if (argument == "--residents")
      o.residents = std::stoul(value());
    else if (argument == "--rows")
      o.rows = std::stoul(value());
    else if (argument == "--seed")
      o.seed = std::stoul(value());
    else if (argument == "--error")
      o.error = std::stod(value());
    else if (argument == "--phone")
      o.phone = std::stod(value());
    else if (argument == "--model")
      o.model = value();
    else if (argument == "--index")
      o.saved_index = true;
    else if (argument == "--shuffled")
      o.shuffled = true;
    else if (i == 1)
      o.command = argument;
    else
      o.directory = argument;
  }
  if (o.command == "speed") return speed(o);
  if (o.command == "curve") return curve(o);
  if (o.command == "cascade") return cascade(o);
  if (o.command == "files") return files(o);
  if (o.command == "normalise") return normalise(o);
  if (o.command == "match") return match(o);
  if (o.command == "odd") return match_odd_inputs(o);
  if (o.command == "febrl") return febrl(o);
  return 2;
}
