// Measures linkage: quality by error model, match and search times, index building and memory.
//
//   link_bench quality [--residents N] [--rows N] [--model haste|confusion|demonstration] [--seed S] [--error
//   X]
//   [--shuffled] link_bench speed   [--residents N]          3,000 rows, single queries, search link_bench
//   files   [--residents N] [--rows N] DIRECTORY    writes registry.csv, list.csv, truth.csv link_bench pairs
//   ...                     prints doubtful and wrong rows, for reading
#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>

#include <chrono>
#include <cstring>
#include <deque>
#include <unordered_map>

#include "bench/made_lists.h"
#include "demo/registry_file.h"
#include "demo/sheet.h"
#include "link/index.h"
#include "link/keys.h"
#include "link/link_files.h"
#include "link/list_reader.h"
#include "link/match_files.h"
#include "link/matcher.h"
#include "link/row_matcher.h"
#include "link/search.h"
#include "text/tables.h"

using namespace sonae;
using namespace sonae::bench;

namespace {

struct Options {
  std::string command = "quality", directory = "/tmp";
  std::size_t residents = 100'000, rows = 5'000;
  std::uint64_t seed = 1;
  double error = 1, phone = .3;
  bool shuffled = false, learn = true, saved_index = false;
  std::string model = "haste";
};

// Wall time, and the processor time of all threads: the second does not depend on what else the machine does.
class Watch {
 public:
  double seconds() {
    const auto now = std::chrono::steady_clock::now();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto cpu_now = double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                         double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    cpu_ = cpu_now - std::exchange(cpu_start_, cpu_now);
    return std::chrono::duration<double>(now - std::exchange(start_, now)).count();
  }
  double cpu() const { return cpu_; }  // of the time that seconds() gave last
  std::string both() {
    const double wall = seconds();
    return fmt::format("{:.2f} s (processor {:.2f} s)", wall, cpu_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = 0, cpu_ = 0;
};

link::Context context() {
  static const auto tables = text::Tables::open(real_env(), SONAE_DATA_DIR);
  if (!tables) throw std::runtime_error(tables.error().in(Language::english));
  return {*tables, nullptr, Date{2026, 11, 20}};
}

std::string registry_csv(const World& world, const std::vector<Person>& people) {
  std::string csv = "id,household_id,name,kana,sex,birth_date,postcode,address,phone\n";
  for (const Person& p : people) {
    const Town& town = world.towns()[p.town];
    csv += fmt::format("{},{},{}　{},{}　{},{},{:04}-{:02}-{:02},{},{}{}{}{}番地", p.id, p.household,
                       p.family, p.given, p.family_kana, p.given_kana, p.sex, p.year, p.month, p.day,
                       town.postcode, town.prefecture, town.municipality, town.name, p.banchi);
    if (p.branch) csv += std::to_string(p.branch);
    csv += ',' + p.phone + '\n';
  }
  return csv;
}

std::string list_csv(const std::vector<ListRow>& rows) {
  std::string csv = "entry_id,name,kana,sex,birth_date,age,address,phone,note\n";
  for (const ListRow& r : rows)
    csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", r.entry, r.name, r.kana, r.sex, r.birth_date, r.age,
                       r.address, r.phone, r.note);
  return csv;
}

// `texts` keeps cells that had quotes; without it there must be none.
std::vector<link::Record> records_of(const std::string& csv, link::Layout layout,
                                     std::deque<std::string>* texts = nullptr) {
  CsvReader reader(csv);
  std::vector<link::Record> records;
  std::vector<link::BadLine> bad;
  if (!*reader.next()) return records;
  const auto columns = link::Columns::read(reader.cells(), layout, "");
  while (*reader.next()) {
    link::Record record = columns->record(reader.cells(), Date{2026, 11, 20}, "", reader.line(), bad);
    if (texts) record = link::kept(record, *texts);
    records.push_back(record);
  }
  return records;
}

link::Registry build(const std::vector<link::Record>& residents) {
  link::RegistryBuilder builder(context(), residents.size());
  for (const link::Record& r : residents)
    builder.add(r);
  return builder.finish(2);
}

struct Quality {
  std::vector<link::Answer> answers;
  std::vector<ListRow> rows;
  std::vector<std::string> truths;  // in the place of the rows' own, where there are any

  void print() const {
    std::size_t residents = 0, strangers = 0, accepted = 0, right = 0, asked = 0, false_accepted = 0,
                asked_right = 0;
    struct Call {
      double p;
      bool right;
    };
    std::vector<Call> calls;
    double brier = 0;
    std::size_t brier_count = 0, first = 0, among = 0;
    std::array<std::array<double, 3>, 11> bins{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const link::Answer& a = answers[i];
      const std::string truth = !truths.empty() ? truths[i]
                                : rows[i].truth ? std::to_string(rows[i].truth)
                                                : "";
      const std::string best = !a.resident.empty()      ? a.resident
                               : a.alternatives.empty() ? ""
                                                        : a.alternatives[0].resident;
      const bool ok = !truth.empty() && best == truth;
      residents += !truth.empty();
      strangers += truth.empty();
      first += ok;
      bool there = ok;
      for (const auto& other : a.alternatives)
        there |= !truth.empty() && other.resident == truth;
      among += there;
      if (a.decision == link::Decision::match) {
        ++accepted;
        right += ok;
        false_accepted += truth.empty();
      }
      if (a.decision == link::Decision::ask) {
        ++asked;
        asked_right += ok;
      }
      calls.push_back({a.probability, ok});
      if (a.probability > 1e-4) {
        brier += (a.probability - ok) * (a.probability - ok);
        ++brier_count;
        auto& bin = bins[static_cast<std::size_t>(a.probability * 10)];
        ++bin[0];
        bin[1] += a.probability;
        bin[2] += ok;
      }
    }
    std::ranges::stable_sort(calls, [](const Call& a, const Call& b) { return a.p > b.p; });
    double best_f1 = 0, best_at = 0, recall_at_995 = 0;
    std::size_t tp = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      tp += calls[i].right;
      if (i + 1 < calls.size() && calls[i + 1].p == calls[i].p) continue;
      const double precision = double(tp) / double(i + 1), recall = double(tp) / double(residents);
      const double f1 = 2 * precision * recall / (precision + recall);
      if (f1 > best_f1) {
        best_f1 = f1;
        best_at = calls[i].p;
      }
      if (precision >= .995) recall_at_995 = recall;
    }
    const double p = double(right) / double(std::max<std::size_t>(1, accepted)),
                 r = double(right) / double(residents);
    fmt::print("rows {}  residents {}  strangers {}\n", rows.size(), residents, strangers);
    fmt::print(
        "match: precision {:.4f} recall {:.4f} F1 {:.4f}   best F1 {:.4f} (at {:.3f})   recall at P .995 "
        "{:.4f}\n",
        p, r, 2 * p * r / (p + r), best_f1, best_at, recall_at_995);
    fmt::print("strangers accepted {:.4f}   asked {:.4f} (of these right {:.3f})   Brier {:.5f}\n",
               double(false_accepted) / double(std::max<std::size_t>(1, strangers)),
               double(asked) / double(rows.size()), asked ? double(asked_right) / double(asked) : 0,
               brier / double(std::max<std::size_t>(1, brier_count)));
    fmt::print("best is right {:.4f}   right one shown {:.4f}\n", double(first) / double(residents),
               double(among) / double(residents));
    fmt::print("stated   rows  mean stated  right\n");
    for (const auto& bin : bins)
      if (bin[0] > 0)
        fmt::print("       {:6.0f}     {:.3f}    {:.3f}\n", bin[0], bin[1] / bin[0], bin[2] / bin[0]);
  }
};

ListOptions list_options(const Options& o) {
  ListOptions list;
  list.model = o.model == "haste" ? ListOptions::Model::haste : ListOptions::Model::confusion;
  list.rows = o.rows;
  list.seed = o.seed;
  list.error = o.error;
  list.shuffled = o.shuffled;
  return list;
}

// The demonstration town's registry and lists: another hand's model of haste and error.
int quality_of_demonstration(const Options& o) {
  Env& env = real_env();
  const auto names = demo::Names::open(env, SONAE_DATA_DIR);
  const auto places = demo::Places::open(env, SONAE_DATA_DIR);
  if (!names || !places) throw std::runtime_error("the demonstration town's tables cannot be opened");
  const demo::TownOptions town_options{.seed = o.seed, .residents = o.residents};
  const std::string path = "/tmp/sonae_link_bench_registry.csv";
  demo::Town town(*names, *places, town_options);
  if (!demo::write_registry(env, path, town, demo::Layout::simple, no_progress()))
    throw std::runtime_error("cannot write " + path);
  const std::string registry_text = *env.disk.read_all(path);
  const demo::ListOptions list_options{.severity = o.error, .persons = o.rows};
  Quality q;
  std::string csv = "entry_id,name,kana,sex,birth_date,age,address,phone,note\n";
  for (const demo::Sheet& sheet : demo::make_lists(*names, *places, town_options, list_options)) {
    for (const demo::Entry& entry : sheet.entries) {
      if (!entry.named) continue;
      const demo::Written& w = entry.written;
      ListRow row{"e" + std::to_string(q.rows.size()),
                  w.name,
                  w.kana,
                  w.sex,
                  w.birth_date,
                  w.age,
                  w.address,
                  w.phone,
                  w.note,
                  0};
      q.truths.push_back(entry.resident_id);
      CsvWriter line("\n");
      line.record({row.entry, w.name, w.kana, w.sex, w.birth_date, w.age, w.address, w.phone, w.note});
      csv += line.text();
      q.rows.push_back(std::move(row));
    }
  }
  const std::string out = "/tmp/sonae_link_bench_list.csv";
  if (!env.disk.write_whole(out, csv)) return 1;
  const auto residents = records_of(registry_text, link::Layout::residents);
  const link::Registry registry = build(residents);
  std::deque<std::string> texts;
  const auto rows = records_of(csv, link::Layout::rows, &texts);
  link::Matcher matcher(registry);
  Watch watch;
  watch.seconds();
  q.answers = matcher.match_all(rows);
  fmt::print("demonstration town, {} residents x {} rows, severity {}, seed {}: match {}\n", registry.size(),
             rows.size(), o.error, o.seed, watch.both());
  q.print();
  if (o.command == "pairs") {
    int shown = 0;
    for (std::size_t i = 0; i < q.rows.size() && shown < 40; ++i) {
      const link::Answer& a = q.answers[i];
      const bool good = (a.decision == link::Decision::match && a.resident == q.truths[i]) ||
                        (a.decision == link::Decision::none && q.truths[i].empty());
      if (good) continue;
      ++shown;
      const ListRow& r = q.rows[i];
      fmt::print("\n[{}|{}|{}|{}|{}|{}|{}|{}] {} p={:.4f}\n", r.name, r.kana, r.sex, r.birth_date, r.age,
                 r.address, r.phone, r.note, name_of(a.decision), a.probability);
      const auto show = [&](const char* what, const std::string& id, double p,
                            const std::vector<link::Reason>& reasons) {
        const auto at = registry_text.find("\n" + id + ",");
        fmt::print("   {} {:.4f} {}\n      {}\n", what, p,
                   at == std::string::npos
                       ? id
                       : registry_text.substr(at + 1, registry_text.find('\n', at + 1) - at - 2),
                   link::in_words(reasons, Language::japanese));
      };
      if (!a.resident.empty()) show("best", a.resident, a.probability, a.reasons);
      for (const auto& other : a.alternatives)
        show("next", other.resident, other.probability, other.reasons);
      if (!q.truths[i].empty()) show("TRUE", q.truths[i], 0, {});
    }
  }
  return 0;
}

// The matching of a disaster system of 2012: exact conditions one after another, stopping at exactly one hit.
int cascade(const Options& o) {
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  const auto list = ListMaker(world, people, list_options(o)).make();
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

int quality(const Options& o) {
  if (o.model == "demonstration") return quality_of_demonstration(o);
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  Quality q;
  q.rows = ListMaker(world, people, list_options(o)).make();
  const std::string list_text = list_csv(q.rows);
  Watch watch;
  watch.seconds();
  const auto residents = records_of(registry_text, link::Layout::residents);
  const std::string read = watch.both();
  const link::Registry registry = build(residents);
  const std::string built = watch.both();
  const auto rows = records_of(list_text, link::Layout::rows);
  link::MatchOptions options;
  options.learn = o.learn;
  link::Matcher matcher(registry, link::Weights::defaults(), options);
  watch.seconds();
  q.answers = matcher.match_all(rows);
  const std::string matched = watch.both();
  fmt::print("{} residents x {} rows, {}, seed {}: read {}, index {}, {:.0f} bytes a resident, match {}\n",
             o.residents, rows.size(), o.model, o.seed, read, built,
             double(registry.memory()) / double(registry.size()), matched);
  fmt::print("household weight {:.2f}, resident share {:.3f}, relatives {:.4f}\n",
             matcher.weights().household_beside, matcher.weights().resident_share,
             matcher.weights().relative_share);
  q.print();
  if (o.command == "pairs") {
    int shown = 0;
    for (std::size_t i = 0; i < q.rows.size() && shown < 60; ++i) {
      const link::Answer& a = q.answers[i];
      const std::string truth = q.rows[i].truth ? std::to_string(q.rows[i].truth) : "";
      const bool good = (a.decision == link::Decision::match && a.resident == truth) ||
                        (a.decision == link::Decision::none && truth.empty());
      if (good) continue;
      ++shown;
      const ListRow& r = q.rows[i];
      fmt::print("\n{} [{}|{}|{}|{}|{}|{}|{}] {} p={:.4f} truth={}\n", r.entry, r.name, r.kana, r.sex,
                 r.birth_date, r.age, r.address, r.phone, name_of(a.decision), a.probability, truth);
      const auto show = [&](const char* what, std::string_view id, double p, const auto* reasons) {
        if (id.empty()) return;
        const Person& x = people[std::stoul(std::string(id)) - 1];
        fmt::print("   {} {} {:.4f} {} {} {} {} {} {}-{}-{} {}{}-{} {}\n", what, id, p, x.family, x.given,
                   x.family_kana, x.given_kana, x.sex, x.year, x.month, x.day, world.towns()[x.town].name,
                   x.banchi, x.branch, x.phone);
        if (reasons)
          for (const auto& reason : *reasons)
            fmt::print("      {:+.1f} {}\n", reason.weight, reason.phrase.japanese);
      };
      if (!a.resident.empty()) show("best", a.resident, a.probability, &a.reasons);
      for (const auto& other : a.alternatives)
        show("next", other.resident, other.probability, &other.reasons);
      show("TRUE", truth, 0, static_cast<const std::vector<link::Reason>*>(nullptr));
    }
  }
  return 0;
}

double percentile(std::vector<double>& values, double p) {
  std::ranges::sort(values);
  return values.empty()
             ? 0
             : values[std::min(values.size() - 1, static_cast<std::size_t>(p * double(values.size())))];
}

int speed(const Options& o) {
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  const auto list = ListMaker(world, people, list_options(o)).make();
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
  const auto list = ListMaker(world, people, list_options(o)).make();
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
    else if (argument == "--no-learning")
      o.learn = false;
    else if (i == 1)
      o.command = argument;
    else
      o.directory = argument;
  }
  if (o.command == "quality" || o.command == "pairs") return quality(o);
  if (o.command == "speed") return speed(o);
  if (o.command == "cascade") return cascade(o);
  if (o.command == "files") return files(o);
  if (o.command == "match") return match(o);
  if (o.command == "febrl") return febrl(o);
  return 2;
}
