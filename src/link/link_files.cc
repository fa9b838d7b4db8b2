#include "link/link_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/csv.h"
#include "link/keys.h"
#include "link/parallel.h"
#include "link/table_candidates.h"
#include "link/table_model.h"
#include "link/text_file.h"

namespace sonae::link {
namespace {

constexpr std::size_t kKept = 12;  // candidates of a record that are weighed against each other
constexpr std::size_t kRandomPairs = 100000;
constexpr std::size_t kLearnFrom = 30000;

struct Pair {
  std::uint32_t left, right;
  double probability;
  TablePattern pattern;
};

class TableLinker {
 public:
  TableLinker(const Spec& spec, const std::vector<Dictionary>& dictionaries, const Table& left,
              const Table& right, bool same_table, unsigned threads)
      : spec_(spec),
        dictionaries_(dictionaries),
        left_(left),
        right_(right),
        same_table_(same_table),
        weights_(TableWeights::start(spec)),
        candidates_(spec, dictionaries, left, right, threads),
        shares_(spec.fields.size()) {
    count_values();
  }

  std::size_t compared() const { return compared_; }

  void learn() {
    std::vector<TablePattern> random;
    std::uint64_t state = 1;
    const auto draw = [&](std::size_t of) { return (state = mixed(state, 0x1234567)) % of; };
    for (std::size_t i = 0; i < kRandomPairs && left_.size() > 0 && right_.size() > 1; ++i) {
      const std::size_t l = draw(left_.size()), r = draw(right_.size());
      if (same_table_ && l == r) continue;
      random.push_back(compare_records(spec_, dictionaries_, left_.record(l), right_.record(r)));
    }
    if (same_table_) weights_.share = .3;
    learn_table_u(weights_, spec_.fields.size(), random);
  }

  void find(unsigned threads, Progress& progress) {
    rows_.resize(left_.size());
    std::atomic<std::size_t> compared{0};
    in_blocks(left_.size(), 256, threads, [&](unsigned thread, std::size_t from, std::size_t to) {
      std::vector<std::uint32_t> found;
      std::size_t count = 0;
      for (std::size_t i = from; i < to; ++i) {
        candidates_.find(left_.record(i), found);
        count += found.size();
        keep(i, found);
      }
      compared += count;
      if (thread == 0) progress.report({"比べています", "Comparing"}, from, left_.size());
    });
    compared_ = compared;
    learn_table_m(weights_, spec_.fields.size(), std::span(rows_).first(std::min(rows_.size(), kLearnFrom)),
                  right_.size());
  }

  std::vector<Pair> pairs(double least, bool one_to_one) const {
    std::vector<Pair> all;
    std::vector<double> p;
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      table_posterior(weights_, spec_.fields.size(), rows_[i], right_.size(), p);
      for (std::size_t c = 0; c < rows_[i].size(); ++c) {
        const std::uint32_t other = rows_[i][c].record;
        if (p[c] >= least) all.push_back({i, other, p[c], rows_[i][c].pattern});
      }
    }
    std::ranges::stable_sort(all, [](const Pair& a, const Pair& b) { return a.probability > b.probability; });
    std::vector<Pair> kept;
    std::vector<bool> left_taken(left_.size()), right_taken(right_.size());
    for (Pair pair : all) {
      if (same_table_ && pair.left > pair.right) std::swap(pair.left, pair.right);
      if (one_to_one) {
        if (left_taken[pair.left] || right_taken[pair.right]) continue;
        left_taken[pair.left] = right_taken[pair.right] = true;
      }
      kept.push_back(pair);
    }
    std::ranges::stable_sort(kept, [](const Pair& a, const Pair& b) {
      return std::pair(a.left, a.right) < std::pair(b.left, b.right);
    });
    // Of a table with itself each pair was found from both ends: the surer of the two stands.
    const auto same = [](const Pair& a, const Pair& b) { return a.left == b.left && a.right == b.right; };
    kept.erase(std::unique(kept.begin(), kept.end(), same), kept.end());
    return kept;
  }

 private:
  void count_values() {
    for (std::size_t f = 0; f < spec_.fields.size(); ++f) {
      shares_[f].assign(dictionaries_[f].size(), 0);
      double total = 0;
      for (const Table* table : {&left_, &right_}) {
        for (std::size_t i = 0; i < table->size(); ++i) {
          const ValueNumber value = table->record(i)[f];
          if (value == 0) continue;
          ++shares_[f][value];
          ++total;
        }
      }
      // A value that stands once on each side stands there for one person: half of what is counted.
      for (float& share : shares_[f])
        share = static_cast<float>(std::log2((share / 2 + .5) / (total / 2 + 10)));
    }
  }

  void keep(std::size_t i, const std::vector<std::uint32_t>& found) {
    std::vector<TableScored>& row = rows_[i];
    std::vector<std::pair<float, std::uint32_t>> order;
    row.reserve(std::min(found.size(), kKept));
    std::vector<TableScored> all;
    all.reserve(found.size());
    for (const std::uint32_t other : found) {
      if (same_table_ && other == i) continue;
      TableScored scored{other, compare_records(spec_, dictionaries_, left_.record(i), right_.record(other)),
                         0};
      for (std::size_t f = 0; f < spec_.fields.size(); ++f) {
        const TableLevel level = scored.pattern[f];
        if (level == TableLevel::missing) continue;
        scored.log_u += level == TableLevel::same
                            ? shares_[f][left_.record(i)[f]]
                            : static_cast<float>(std::log2(weights_.u[f][static_cast<std::size_t>(level)]));
      }
      const auto weight =
          static_cast<float>(weights_.log_m(scored.pattern, spec_.fields.size())) - scored.log_u;
      order.push_back({-weight, static_cast<std::uint32_t>(all.size())});
      all.push_back(scored);
    }
    const std::size_t most = std::min(order.size(), kKept);
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(most));
    for (std::size_t k = 0; k < most; ++k)
      row.push_back(all[order[k].second]);
  }

  const Spec& spec_;
  const std::vector<Dictionary>& dictionaries_;
  const Table& left_;
  const Table& right_;
  bool same_table_;
  TableWeights weights_;
  TableCandidates candidates_;
  std::vector<std::vector<float>> shares_;  // log2 of each value's share
  std::vector<std::vector<TableScored>> rows_;
  std::size_t compared_ = 0;
};

}  // namespace

Result<LinkFilesReport> link_files(Env& env, const LinkFilesOptions& options, Progress& progress) {
  LinkFilesReport report;
  auto seconds = [&, begin = env.clock.monotonic_microseconds()]() mutable {
    const std::int64_t now = env.clock.monotonic_microseconds();
    return static_cast<double>(now - std::exchange(begin, now)) / 1e6;
  };
  const Bytes spec_text = TRY(env.disk.read_all(options.spec));
  const Spec spec = TRY(Spec::parse(spec_text, options.spec));
  std::vector<Dictionary> dictionaries(spec.fields.size());
  const bool same_table = options.right.empty();
  const TextFile left_content = TRY(TextFile::open(env, options.left));
  const Table left =
      TRY(read_table(left_content.text(), spec, Side::left, options.left, dictionaries, report.bad_lines));
  Table other;
  if (!same_table) {
    const TextFile right_content = TRY(TextFile::open(env, options.right));
    other = TRY(
        read_table(right_content.text(), spec, Side::right, options.right, dictionaries, report.bad_lines));
  }
  const Table& right = same_table ? left : other;
  report.left_records = left.size();
  report.right_records = right.size();
  report.load_seconds = seconds();

  TableLinker linker(spec, dictionaries, left, right, same_table, options.threads);
  report.index_seconds = seconds();
  linker.learn();
  linker.find(options.threads, progress);
  report.compared = linker.compared();
  report.learn_seconds = seconds();
  if (progress.stop_requested()) return fail(ErrorCode::cancelled, {"中止しました", "Stopped on request"});

  const std::vector<Pair> pairs = linker.pairs(options.least_probability, spec.one_to_one);
  CsvWriter out("\n");
  out.record({"left_id", "right_id", "probability", "fields"});
  for (const Pair& pair : pairs) {
    std::string fields;
    for (std::size_t f = 0; f < spec.fields.size(); ++f) {
      if (pair.pattern[f] == TableLevel::missing) continue;
      fields +=
          (fields.empty() ? "" : " ") + spec.fields[f].left + ":" + std::string(name_of(pair.pattern[f]));
    }
    out.record({left.ids[pair.left], right.ids[pair.right],
                fmt::format("{:.4f}", std::floor(pair.probability * 1e4) / 1e4), fields});
  }
  report.pairs = pairs.size();
  TRY(env.disk.write_whole(options.out, out.text()));
  report.write_seconds = seconds();
  return report;
}

}  // namespace sonae::link
