#include "link/matcher.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "link/closer.h"
#include "link/doubles.h"
#include "link/em.h"
#include "link/index.h"
#include "link/parallel.h"
#include "link/row_matcher.h"

namespace sonae::link {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kLearnFromRows = 20000;
constexpr std::size_t kRandomPairs = 100000;
constexpr int kHouseholdRounds = 2;
constexpr double kSureOfNeighbour = 0.5;

// A fixed sequence of numbers that looks random (splitmix64, Vigna): the same rows give the same pairs.
std::uint64_t next_number(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// Patterns of rows and residents drawn at random, always the same for the same input.
std::vector<Pattern> random_pairs(const Registry& registry, std::span<const std::vector<Query>> rows,
                                  Date as_of, unsigned threads) {
  const Index& index = registry.index();
  const Comparison compare(index, registry.context(), as_of);
  if (rows.empty() || index.slots() == 0) return {};
  struct Pair {
    std::uint32_t row, slot;
  };
  std::vector<Pair> pairs;
  const std::size_t count = std::min(kRandomPairs, rows.size() * index.slots());
  pairs.reserve(count);
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::uint32_t>(next_number(state) % rows.size());
    const auto slot = static_cast<std::uint32_t>(next_number(state) % index.slots());
    if (!index.gone(slot)) pairs.push_back({row, slot});
  }
  std::vector<Pattern> patterns(pairs.size());
  in_blocks(pairs.size(), 1024, threads, [&](unsigned, std::size_t from, std::size_t to) {
    constexpr std::size_t kAhead = 16;  // residents that are being fetched
    for (std::size_t i = from; i < to; ++i) {
      if (i + kAhead < to) __builtin_prefetch(&index.features(pairs[i + kAhead].slot));
      patterns[i] = compare.by_letters(rows[pairs[i].row].front(), index.features(pairs[i].slot));
    }
  });
  return patterns;
}

}  // namespace

struct Matcher::State {
  State(const Registry& r, Weights w, MatchOptions o)
      : registry(r), weights(w), logs(w), options(o), as_of(o.as_of.value_or(r.context().today)) {}

  void set(const Weights& learned) {
    weights = learned;
    logs = LogWeights(learned);
  }
  Prior prior() const { return Prior(weights, registry.size()); }
  void find_all(std::span<const std::vector<Query>> rows, std::vector<RowState>& states, Progress& progress);
  void learn_u_from(std::span<const std::vector<Query>> rows);
  void learn_m_from(std::span<const RowState> states);
  void weigh_all(std::span<const std::vector<Query>> rows, std::vector<RowState>& states);
  void hear_families(std::span<const std::vector<Query>> rows, std::vector<RowState>& states);
  std::vector<std::vector<Query>> read_all(std::span<const Record> rows);
  std::vector<RowMatcher>& matchers() {
    if (workers.empty())
      for (unsigned t = 0; t < std::max(1U, options.threads); ++t)
        workers.emplace_back(registry, as_of);
    return workers;
  }

  const Registry& registry;
  Weights weights;
  LogWeights logs;
  MatchOptions options;
  Date as_of;
  std::vector<RowMatcher> workers;

  // Working memory for single rows, lent to whichever thread asks.
  std::unique_ptr<RowMatcher> borrow() {
    const std::scoped_lock lock(idle_mutex);
    if (idle.empty()) return std::make_unique<RowMatcher>(registry, as_of);
    auto one = std::move(idle.back());
    idle.pop_back();
    return one;
  }
  void give_back(std::unique_ptr<RowMatcher> one) {
    const std::scoped_lock lock(idle_mutex);
    idle.push_back(std::move(one));
  }
  std::mutex idle_mutex;
  std::vector<std::unique_ptr<RowMatcher>> idle;
};

std::vector<std::vector<Query>> Matcher::State::read_all(std::span<const Record> rows) {
  std::vector<std::vector<Query>> queries(rows.size());
  auto& workers_of = matchers();
  in_blocks(rows.size(), kBlock, options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      queries[i] = workers_of[thread].read(rows[i]);
  });
  return queries;
}

void Matcher::State::find_all(std::span<const std::vector<Query>> rows, std::vector<RowState>& states,
                              Progress& progress) {
  auto& workers_of = matchers();
  std::atomic<std::size_t> done{0};
  in_blocks(rows.size(), kBlock, options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      workers_of[thread].find(rows[i], logs, states[i]);
    done += to - from;
    if (thread == 0) progress.report({"照合しています", "Matching"}, done, rows.size());
  });
}

// u does not need candidates; m is learned from them, and they are those that the rows are then matched with.
void Matcher::State::learn_u_from(std::span<const std::vector<Query>> rows) {
  set(learn_u(weights, random_pairs(registry, rows, as_of, options.threads)));
}

void Matcher::State::learn_m_from(std::span<const RowState> states) {
  set(learn_m(weights, states.first(std::min(states.size(), kLearnFromRows)), registry.size(),
              {.threads = options.threads}));
}

void Matcher::State::weigh_all(std::span<const std::vector<Query>> rows, std::vector<RowState>& states) {
  auto& workers_of = matchers();
  const Prior now = prior();
  in_blocks(rows.size(), kBlock, options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      workers_of[thread].weigh(logs, now, states[i]);
  });
}

void Matcher::State::hear_families(std::span<const std::vector<Query>> rows, std::vector<RowState>& states) {
  auto& workers_of = matchers();
  const auto count_others = [&] {
    in_blocks(states.size(), kBlock, options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
      for (std::size_t at = from; at < to; ++at)
        workers_of[thread].count_others(states[at]);
    });
  };
  count_others();
  NeighbourWeights neighbours =
      learn_neighbour_weights(states, registry.size(), workers_of[0].household_sizes(), options.threads);
  weights.household_beside = neighbours.household;
  if (neighbours.household <= 0) return;
  // Members of the households beside are candidates even where nothing else led to them.
  std::vector<std::vector<std::uint32_t>> households(states.size());
  for (std::size_t at = 0; at < states.size(); ++at) {
    for (std::size_t i = 0; i < states[at].candidates.size(); ++i) {
      if (states[at].probabilities[i] > kSureOfNeighbour && states[at].candidates[i].household != 0)
        households[at].push_back(states[at].candidates[i].household);
    }
  }
  in_blocks(rows.size(), kBlock, options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      const bool sure = std::ranges::any_of(states[at].probabilities, [](double p) { return p > 0.99; });
      if (sure) continue;
      const std::size_t begin = at > kRowsBeside ? at - kRowsBeside : 0;
      std::vector<std::uint32_t> tried;
      for (std::size_t k = begin; k < std::min(states.size(), at + kRowsBeside + 1); ++k) {
        for (const std::uint32_t household : households[k]) {
          if (k == at || std::ranges::find(tried, household) != tried.end()) continue;
          tried.push_back(household);
          workers_of[thread].add_household(rows[at], logs, household, states[at]);
        }
      }
    }
  });
  weigh_all(rows, states);
  count_others();
  for (int round = 0; round < kHouseholdRounds; ++round) {
    // All boosts are taken from the last round's probabilities, so that the order of rows has no influence.
    std::vector<std::vector<Boost>> boosts(states.size());
    in_blocks(rows.size(), kBlock, options.threads, [&](unsigned, std::size_t from, std::size_t to) {
      for (std::size_t at = from; at < to; ++at)
        hear_neighbours(states, at, neighbours, boosts[at]);
    });
    for (std::size_t at = 0; at < states.size(); ++at) {
      states[at].boosts = std::move(boosts[at]);
      states[at].boost_of_unreached = static_cast<float>(neighbours.unreached);
    }
    weigh_all(rows, states);
    if (round + 1 < kHouseholdRounds) learn_relatives_again(states, neighbours);
  }
}

Matcher::Matcher(const Registry& registry, Weights weights, MatchOptions options)
    : state_(std::make_unique<State>(registry, weights, options)) {}
Matcher::~Matcher() = default;

const Weights& Matcher::weights() const {
  return state_->weights;
}

Answer Matcher::match(const Record& row) const {
  State& s = *state_;
  auto matcher = s.borrow();
  const std::vector<Query> query = matcher->read(row);
  RowState state;
  matcher->find(query, s.logs, state);
  matcher->weigh(s.logs, s.prior(), state);
  Answer answer = matcher->answer(query, s.logs, state, s.options);
  s.give_back(std::move(matcher));
  return answer;
}

void Matcher::learn(std::span<const Record> rows) {
  const auto queries = state_->read_all(rows.first(std::min(rows.size(), kLearnFromRows)));
  std::vector<RowState> states(queries.size());
  state_->learn_u_from(queries);
  state_->find_all(queries, states, no_progress());
  state_->learn_m_from(states);
}

std::vector<Answer> Matcher::match_all(std::span<const Record> rows, Progress& progress) {
  State& s = *state_;
  const std::vector<std::vector<Query>> queries = s.read_all(rows);
  std::vector<RowState> states(rows.size());
  if (s.options.learn) s.learn_u_from(queries);
  s.find_all(queries, states, progress);
  if (s.options.learn) s.learn_m_from(states);
  s.weigh_all(queries, states);
  if (s.options.families) s.hear_families(queries, states);

  std::vector<Answer> answers(rows.size());
  auto& workers = s.matchers();
  in_blocks(rows.size(), kBlock, s.options.threads, [&](unsigned thread, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      answers[i] = workers[thread].answer(queries[i], s.logs, states[i], s.options);
  });
  // One resident on two rows: people do get written down twice, so both stand, and the later says so.
  std::unordered_map<std::uint32_t, std::size_t> first_row;
  std::vector<std::size_t> strangers;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    Answer& answer = answers[i];
    if (answer.decision == Decision::none) {
      strangers.push_back(i);
      continue;
    }
    const auto [at, is_new] = first_row.try_emplace(static_cast<std::uint32_t>(answer.slot), i);
    if (is_new) continue;
    answer.same_as_row = at->second;
    answer.same_as_row_probability = answer.probability * answers[at->second].probability;
  }
  mark_doubles(s.registry.context(), s.weights, rows, strangers, answers);
  return answers;
}

std::string_view name_of(Decision decision) {
  switch (decision) {
    case Decision::match:
      return "match";
    case Decision::ask:
      return "review";
    case Decision::none:
      return "none";
  }
  return "none";
}

}  // namespace sonae::link
