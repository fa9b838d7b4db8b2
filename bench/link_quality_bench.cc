// Measures how right linkage is, by error model: thresholds, calibration, doubtful rows to read.
//
//   link_quality_bench quality [--residents N] [--rows N] [--model haste|confusion|demonstration] [--seed S]
//                              [--error X] [--phone SHARE] [--shuffled] [--no-learning] [--no-families]
//   link_quality_bench pairs ...   the same, and prints doubtful and wrong rows, for reading
//   link_quality_bench misses ...  the same, and prints which residents' rows were not accepted, by what they
//                                  say
//   link_quality_bench calibration ...  where what is stated is not what is right: all models, split into
//   parts link_quality_bench sweep [--residents N] [--rows N] [--seeds K]   all models, error rates, shuffled
//   rows link_quality_bench disorder ...  the same rows in order and in disorder, with and without hearing
//   what the
//                                    rows beside a row say
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>

#include "bench/calibration_parts.h"
#include "bench/link_setup.h"
#include "bench/quality_figures.h"
#include "demo/registry_file.h"
#include "demo/sheet.h"
#include "link/matcher.h"

using namespace sonae;
using namespace sonae::bench;

namespace {

struct Options {
  std::string command = "quality";
  std::size_t residents = 100'000, rows = 5'000;
  std::uint64_t seed = 1, seeds = 3;
  double error = 1, phone = .3;
  bool shuffled = false, learn = true, families = true;
  std::string model = "haste";
};

struct Quality {
  std::vector<link::Answer> answers;
  std::vector<ListRow> rows;
  std::vector<std::string> truths;  // in the place of the rows' own, where there are any

  void add_to(QualityFigures& figures) const {
    for (std::size_t i = 0; i < rows.size(); ++i)
      figures.add(answers[i], !truths.empty() ? truths[i]
                              : rows[i].truth ? std::to_string(rows[i].truth)
                                              : "");
  }
  void print() const {
    QualityFigures figures;
    add_to(figures);
    figures.print();
  }
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

// One made town and one list, matched.
struct Run {
  Quality q;
  std::unique_ptr<link::Matcher> matcher;
};
Run run_of(const Options& o, World& world, const std::vector<Person>& people,
           const link::Registry& registry) {
  Run run;
  run.q.rows = made_list(world, people, list_options(o));
  const std::string list_text = list_csv(run.q.rows);
  const auto rows = records_of(list_text, link::Layout::rows);
  link::MatchOptions options;
  options.learn = o.learn;
  options.families = o.families;
  if (o.command == "misses" || o.command == "calibration")
    options.alternatives = 24;  // all that were weighed
  run.matcher = std::make_unique<link::Matcher>(registry, link::Weights::defaults(), options);
  run.q.answers = run.matcher->match_all(rows);
  return run;
}

void print_head() {
  fmt::print("{:<26} {:>7} {:>6}  {:<7} {:<7} {:<6} {:<7} {:<9} {:<8} {:<8} {}\n", "", "rows", "none",
             "best F1", "R@P.995", "precis", "recall", "accepted", "asked", "Brier", "calibration error");
}

void print_line(const std::string& name, const QualityFigures::Summary& s) {
  fmt::print(
      "{:<26} {:7.0f} {:6.0f}  {:.4f}  {:.4f}  {:.4f} {:.4f}   {:.4f}    {:.4f}   {:.5f}  {:.3f} of {:.0f}\n",
      name, s.rows, s.strangers, s.best_f1, s.recall_at_995, s.precision, s.recall, s.strangers_accepted,
      s.asked, s.brier, s.calibration_error, s.doubtful);
  std::fflush(stdout);
}

// Every model, several rates of error, several seeds, and rows in disorder: one table, and whether what is
// stated is true, over all of them.
int sweep(Options o) {
  World world(SONAE_DATA_DIR);
  std::map<std::string, QualityFigures> by_case, by_model;
  std::vector<std::string> order;
  for (std::uint64_t seed = o.seed; seed < o.seed + o.seeds; ++seed) {
    const std::vector<Person> people = world.people(o.residents, seed, o.phone);
    const std::string registry_text = registry_csv(world, people);
    const link::Registry registry = build(records_of(registry_text, link::Layout::residents));
    for (const char* model : {"haste", "confusion", "hearsay"}) {
      struct Case {
        double error;
        bool shuffled;
      };
      for (const Case& c : {Case{1, false}, Case{1, true}, Case{2, false}, Case{3, false}}) {
        Options one = o;
        one.model = model;
        one.seed = seed;
        one.error = c.error;
        one.shuffled = c.shuffled;
        const Run run = run_of(one, world, people, registry);
        const std::string name =
            fmt::format("{}, error {}{}", model, c.error, c.shuffled ? ", shuffled" : "");
        if (!by_case.contains(name)) order.push_back(name);
        run.q.add_to(by_case[name]);
        run.q.add_to(by_model[model]);
      }
    }
  }
  fmt::print("{} residents, {} rows a list, {} towns\n", o.residents, o.rows, o.seeds);
  print_head();
  for (const std::string& name : order)
    print_line(name, by_case[name].summary());
  for (const auto& [model, figures] : by_model) {
    fmt::print("\n{}, all of them\n", model);
    figures.print_reliability();
    figures.print_thresholds();
  }
  return 0;
}

// What rows in disorder lose, and whether listening to their neighbours does them harm: the same rows four
// times.
int disorder(Options o) {
  World world(SONAE_DATA_DIR);
  struct Case {
    const char* name;
    bool shuffled, families;
  };
  constexpr std::array<Case, 4> kCases = {{{"in order", false, true},
                                           {"in order, alone", false, false},
                                           {"shuffled", true, true},
                                           {"shuffled, alone", true, false}}};
  constexpr std::array<const char*, 3> kModels = {"haste", "confusion", "hearsay"};
  std::array<std::array<QualityFigures, kCases.size()>, kModels.size()> figures;
  for (std::uint64_t seed = o.seed; seed < o.seed + o.seeds; ++seed) {
    const std::vector<Person> people = world.people(o.residents, seed, o.phone);
    const std::string registry_text = registry_csv(world, people);
    const link::Registry registry = build(records_of(registry_text, link::Layout::residents));
    for (std::size_t model = 0; model < kModels.size(); ++model) {
      for (std::size_t c = 0; c < kCases.size(); ++c) {
        Options one = o;
        one.model = kModels[model];
        one.seed = seed;
        one.shuffled = kCases[c].shuffled;
        one.families = kCases[c].families;
        run_of(one, world, people, registry).q.add_to(figures[model][c]);
      }
    }
  }
  fmt::print("{} residents, {} rows a list, {} towns\n", o.residents, o.rows, o.seeds);
  print_head();
  for (std::size_t model = 0; model < kModels.size(); ++model)
    for (std::size_t c = 0; c < kCases.size(); ++c)
      print_line(fmt::format("{}, {}", kModels[model], kCases[c].name), figures[model][c].summary());
  return 0;
}

// What a row says, in a few words.
std::string what_is_said(const ListRow& row) {
  const bool relation = row.name.find("さんの") != std::string::npos;
  const bool parts = row.name.find(' ') != std::string::npos || row.name.find("　") != std::string::npos ||
                     !row.kana.empty() || characters(row.name).size() > 3;
  const bool number = row.address.find_first_of("0123456789") != std::string::npos;
  return fmt::format("{:<13} {:<5} {:<6} {}",
                     relation           ? "whose kin"
                     : !parts           ? "a short name"
                     : row.kana.empty() ? "one script"
                                        : "both scripts",
                     !row.birth_date.empty() ? "date"
                     : !row.age.empty()      ? "age"
                                             : "-",
                     number                 ? "street"
                     : !row.address.empty() ? "town"
                                            : "-",
                     row.phone.empty() ? "-" : "phone");
}

// Residents' rows that were not accepted: not among the candidates, behind another, as good as another
// (whoever wrote the row did not say which), or the likeliest but not sure.
void print_misses(const Quality& q) {
  struct Count {
    int rows = 0, wrong = 0, no_candidate = 0, behind = 0, as_good = 0, unsure = 0;
  };
  std::map<std::string, Count> kinds;
  Count all;
  for (std::size_t i = 0; i < q.rows.size(); ++i) {
    if (q.rows[i].truth == 0) continue;
    const link::Answer& a = q.answers[i];
    const std::string truth = std::to_string(q.rows[i].truth);
    for (Count* count : {&kinds[what_is_said(q.rows[i])], &all}) {
      ++count->rows;
      if (a.decision == link::Decision::match) {
        count->wrong += a.resident != truth;
        continue;
      }
      double of_truth = a.resident == truth ? a.probability : 0, of_best = 0;
      if (a.resident != truth) of_best = a.probability;
      for (const auto& other : a.alternatives)
        (other.resident == truth ? of_truth : of_best) =
            std::max(other.resident == truth ? of_truth : of_best, other.probability);
      ++(of_truth == 0             ? count->no_candidate
         : of_truth < of_best / 2  ? count->behind
         : of_truth <= of_best * 2 ? count->as_good
                                   : count->unsure);
    }
  }
  std::vector<std::pair<std::string, Count>> order(kinds.begin(), kinds.end());
  const auto missed = [](const Count& c) {
    return c.wrong + c.no_candidate + c.behind + c.as_good + c.unsure;
  };
  std::ranges::stable_sort(order,
                           [&](const auto& a, const auto& b) { return missed(a.second) > missed(b.second); });
  order.insert(order.begin(), {"all", all});
  fmt::print("{:<36} {:>6} {:>7} {:>7} {:>13} {:>7} {:>8} {:>7}\n", "what the row says", "rows", "missed",
             "wrong", "no candidate", "behind", "as good", "unsure");
  for (const auto& [name, c] : order)
    if (missed(c) > 0)
      fmt::print("{:<36} {:6} {:7} {:7} {:13} {:7} {:8} {:7}\n", name, c.rows, missed(c), c.wrong,
                 c.no_candidate, c.behind, c.as_good, c.unsure);
}

// Where what is stated is not what is right: rows in order and in disorder, split into parts.
int calibration(const Options& o) {
  World world(SONAE_DATA_DIR);
  std::map<std::string, CalibrationParts> by_case;
  for (std::uint64_t seed = o.seed; seed < o.seed + o.seeds; ++seed) {
    const std::vector<Person> people = world.people(o.residents, seed, o.phone);
    const std::string registry_text = registry_csv(world, people);
    const link::Registry registry = build(records_of(registry_text, link::Layout::residents));
    const auto household_of = [&](const std::string& id) { return people[std::stoul(id) - 1].household; };
    for (const char* model : {"haste", "confusion", "hearsay"}) {
      for (const bool shuffled : {false, true}) {
        Options one = o;
        one.model = model;
        one.seed = seed;
        one.shuffled = shuffled;
        const Run run = run_of(one, world, people, registry);
        const link::Weights& weights = run.matcher->weights();
        const auto strangers = std::ranges::count(run.q.rows, 0U, &ListRow::truth);
        const std::string name = fmt::format("{}{}", model, shuffled ? ", shuffled" : "");
        fmt::print("{}, seed {}: strangers learned {:.4f}, relatives {:.4f}; both in truth {:.4f}\n", name,
                   seed, 1 - weights.resident_share - weights.relative_share, weights.relative_share,
                   double(strangers) / double(run.q.rows.size()));
        for (std::size_t i = 0; i < run.q.rows.size(); ++i) {
          const ListRow& row = run.q.rows[i];
          by_case[name].add(what_is_said(row), run.q.answers[i], row.truth ? std::to_string(row.truth) : "",
                            household_of);
        }
      }
    }
  }
  for (const auto& [name, parts] : by_case) {
    fmt::print("\n{}\n", name);
    parts.print();
  }
  return 0;
}

int quality(const Options& o) {
  if (o.model == "demonstration") return quality_of_demonstration(o);
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  const link::Registry registry = build(records_of(registry_text, link::Layout::residents));
  const Run run = run_of(o, world, people, registry);
  const Quality& q = run.q;
  const link::Weights& weights = run.matcher->weights();
  fmt::print("{} residents x {} rows, {}, error {}, seed {}\n", o.residents, q.rows.size(), o.model, o.error,
             o.seed);
  fmt::print("household weight {:.2f}, resident share {:.3f}, relatives {:.4f}\n", weights.household_beside,
             weights.resident_share, weights.relative_share);
  q.print();
  if (o.command == "misses") print_misses(q);
  if (o.command == "pairs") {
    int shown = 0;
    for (std::size_t i = 0; i < q.rows.size() && shown < 2000; ++i) {
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
    else if (argument == "--seeds")
      o.seeds = std::stoul(value());
    else if (argument == "--error")
      o.error = std::stod(value());
    else if (argument == "--phone")
      o.phone = std::stod(value());
    else if (argument == "--model")
      o.model = value();
    else if (argument == "--shuffled")
      o.shuffled = true;
    else if (argument == "--no-learning")
      o.learn = false;
    else if (argument == "--no-families")
      o.families = false;
    else
      o.command = argument;
  }
  if (o.command == "quality" || o.command == "pairs" || o.command == "misses") return quality(o);
  if (o.command == "calibration") return calibration(o);
  if (o.command == "sweep") return sweep(o);
  if (o.command == "disorder") return disorder(o);
  return 2;
}
