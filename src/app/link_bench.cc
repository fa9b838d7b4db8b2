#include "app/link_bench.h"

#include <charconv>
#include <cmath>
#include <map>

#include "app/places.h"
#include "base/csv.h"
#include "demo/files.h"
#include "link/match_files.h"
#include "link/quality.h"

namespace sonae::app {

namespace {

constexpr std::size_t kMostShown = 20;

// Of what the machine stated with this probability, how much was right.
struct Stated {
  std::string probability;
  std::int64_t rows = 0;
  double stated = 0;
  double right = 0;
};
BOOST_DESCRIBE_STRUCT(Stated, (), (probability, rows, stated, right))

struct WrongRow {
  std::string entry_id;
  std::string decision;
  double probability = 0;
  std::string resident_id;
  std::string truth;  // empty: no resident
  std::string reasons;
};
BOOST_DESCRIBE_STRUCT(WrongRow, (), (entry_id, decision, probability, resident_id, truth, reasons))

struct LinkBenchAnswer {
  std::int64_t residents = 0;
  std::int64_t rows = 0;
  std::int64_t strangers = 0;
  double load_seconds = 0;        // the registry read, its index built
  double match_seconds = 0;       // all rows
  double saved_load_seconds = 0;  // the same with the index that the first run kept
  double saved_match_seconds = 0;
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  double best_f1 = 0;
  double recall_at_precision_995 = 0;
  double strangers_accepted = 0;
  double asked = 0;
  double brier = 0;
  std::vector<Stated> reliability;
  std::int64_t wrong_total = 0;  // accepted, and not who it is
  std::vector<WrongRow> wrong;   // the first twenty
  std::string out;
};
BOOST_DESCRIBE_STRUCT(LinkBenchAnswer, (),
                      (residents, rows, strangers, load_seconds, match_seconds, saved_load_seconds,
                       saved_match_seconds, precision, recall, f1, best_f1, recall_at_precision_995,
                       strangers_accepted, asked, brier, reliability, wrong_total, wrong, out))

double to_four_places(double value) {
  return std::round(value * 1e4) / 1e4;
}

class LinkBench {
 public:
  LinkBench(Env& env, const LinkBenchArguments& arguments, Language language, Progress& progress)
      : env_(env), arguments_(arguments), language_(language), progress_(progress) {}

  Result<LinkBenchAnswer> run() {
    const std::string data = default_places().data;
    TRY(env_.disk.make_directories(arguments_.directory));
    const auto names = TRY(demo::Names::open(env_, data));
    const auto places = TRY(demo::Places::open(env_, data));
    const demo::Summary files = TRY(demo::write_files(env_, names, places, arguments_.directory,
                                                      arguments_.town, arguments_.lists, progress_));
    link::MatchFilesOptions options;
    options.registry = files.registry;
    options.list = files.entries;
    options.out = answer_.out = arguments_.directory + "/out.csv";
    options.index = arguments_.directory + "/index";
    options.language = language_;
    options.context.tables = TRY(text::Tables::open(env_, data));
    options.context.today = arguments_.lists.written_on;
    TRY(env_.disk.remove(options.index));
    const link::MatchFilesReport cold = TRY(link::match_files(env_, options, progress_));
    const link::MatchFilesReport saved = TRY(link::match_files(env_, options, progress_));
    answer_.residents = static_cast<std::int64_t>(cold.residents);
    answer_.load_seconds = cold.load_seconds;
    answer_.match_seconds = cold.match_seconds;
    answer_.saved_load_seconds = saved.load_seconds;
    answer_.saved_match_seconds = saved.match_seconds;
    TRY(read_truth());
    TRY(judge());
    return std::move(answer_);
  }

 private:
  Status read_truth() {
    const Bytes text = TRY(env_.disk.read_all(arguments_.directory + "/truth/lists.csv"));
    CsvReader reader(text);
    while (TRY(reader.next())) {
      const auto& cells = reader.cells();
      if (cells.size() >= 6 && !cells[3].empty()) truth_[std::string(cells[3])] = cells[5];
    }
    return {};
  }

  Status judge() {
    link::Quality quality;
    const Bytes text = TRY(env_.disk.read_all(answer_.out));
    CsvReader reader(text);
    TRY(reader.next());  // the header
    while (TRY(reader.next())) {
      const auto& cells = reader.cells();
      if (cells.size() < 5) continue;
      const link::Decision decision = cells[1] == "match"    ? link::Decision::match
                                      : cells[1] == "review" ? link::Decision::ask
                                                             : link::Decision::none;
      double probability = 0;
      std::from_chars(cells[3].data(), cells[3].data() + cells[3].size(), probability);
      const std::string entry(cells[0]), resident(cells[2]), &truth = truth_[entry];
      quality.add(decision, probability, resident, truth);
      if (decision != link::Decision::match || resident == truth) continue;
      if (++answer_.wrong_total <= static_cast<std::int64_t>(kMostShown))
        answer_.wrong.push_back(
            {entry, std::string(cells[1]), probability, resident, truth, std::string(cells[4])});
    }
    const link::Quality::Summary s = quality.summary();
    answer_.rows = static_cast<std::int64_t>(s.rows);
    answer_.strangers = static_cast<std::int64_t>(s.strangers);
    answer_.precision = to_four_places(s.precision);
    answer_.recall = to_four_places(s.recall);
    answer_.f1 = to_four_places(s.f1);
    answer_.best_f1 = to_four_places(s.best_f1);
    answer_.recall_at_precision_995 = to_four_places(s.recall_at_995);
    answer_.strangers_accepted = to_four_places(s.strangers_accepted);
    answer_.asked = to_four_places(s.asked);
    answer_.brier = to_four_places(s.brier);
    const auto bins = quality.bins();
    for (std::size_t i = 0; i < bins.size(); ++i)
      if (bins[i].rows > 0)
        answer_.reliability.push_back({link::Quality::kBinNames[i], static_cast<std::int64_t>(bins[i].rows),
                                       to_four_places(bins[i].stated / bins[i].rows),
                                       to_four_places(bins[i].right / bins[i].rows)});
    return {};
  }

  Env& env_;
  const LinkBenchArguments& arguments_;
  Language language_;
  Progress& progress_;
  LinkBenchAnswer answer_;
  std::map<std::string, std::string> truth_;  // by entry; empty: no resident
};

}  // namespace

int link_bench_command(Env& env, const LinkBenchArguments& arguments, const Output& output) {
  Result<LinkBenchAnswer> answer;
  {
    TerminalProgress progress(env, output.language);
    answer = LinkBench(env, arguments, output.language, progress).run();
  }
  if (!answer) return print_error(output, answer.error());
  print_answer(output, to_json(*answer));
  return 0;
}

}  // namespace sonae::app
