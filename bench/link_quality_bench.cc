// Measures how right linkage is, by error model: thresholds, calibration, doubtful rows to read.
//
//   link_quality_bench quality [--residents N] [--rows N] [--model haste|confusion|demonstration] [--seed S]
//                              [--error X] [--phone SHARE] [--shuffled] [--no-learning]
//   link_quality_bench pairs ...   the same, and prints doubtful and wrong rows, for reading
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>

#include "bench/link_setup.h"
#include "demo/registry_file.h"
#include "demo/sheet.h"
#include "link/matcher.h"

using namespace sonae;
using namespace sonae::bench;

namespace {

struct Options {
  std::string command = "quality";
  std::size_t residents = 100'000, rows = 5'000;
  std::uint64_t seed = 1;
  double error = 1, phone = .3;
  bool shuffled = false, learn = true;
  std::string model = "haste";
};

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

int quality(const Options& o) {
  if (o.model == "demonstration") return quality_of_demonstration(o);
  World world(SONAE_DATA_DIR);
  const std::vector<Person> people = world.people(o.residents, o.seed, o.phone);
  const std::string registry_text = registry_csv(world, people);
  Quality q;
  q.rows = made_list(world, people, list_options(o));
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
    else if (argument == "--shuffled")
      o.shuffled = true;
    else if (argument == "--no-learning")
      o.learn = false;
    else
      o.command = argument;
  }
  if (o.command == "quality" || o.command == "pairs") return quality(o);
  return 2;
}
