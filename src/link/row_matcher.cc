#include "link/row_matcher.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "link/ceiling.h"
#include "link/keys.h"
#include "link/settle.h"

namespace sonae::link {
namespace {

constexpr float kFarBehind =
    28;  // bits: who is so far behind another can be forgotten, even with a family beside
// Bits over even chances (one in as many as there are residents) from which on the lists that prove less are
// not walked.
constexpr float kSureAfter[] = {20, 14, 0};
constexpr std::size_t kKept = 24;  // candidates of a row that are weighed against each other

bool is_among(const std::vector<std::uint32_t>& slots, std::uint32_t slot) {
  return std::ranges::find(slots, slot) != slots.end();
}

// Under which of its names a row is best compared with a resident: its place among them.
std::size_t best_name(std::span<const Query> row, std::span<const ValueFrequencies> values,
                      const LogWeights& weights, const Features& resident, std::uint32_t slot,
                      const Comparison& compare) {
  std::size_t best = 0;
  float best_weight = -1e9F;
  for (std::size_t i = 0; i < row.size() && row.size() > 1; ++i) {
    const Scored scored = score(weights, values[i], resident, slot, compare(row[i], resident));
    const float weight = weights.m(scored.pattern) - scored.log_u;
    if (weight > best_weight) {
      best_weight = weight;
      best = i;
    }
  }
  return best;
}

}  // namespace

RowMatcher::RowMatcher(const Registry& registry, Date as_of)
    : registry_(registry), as_of_(as_of), compare_(registry.index(), registry.context(), as_of) {}

std::vector<Query> RowMatcher::read(const Record& row) {
  const Index& index = registry_.index();
  return read_row(registry_.context(), row, cache_, index.frequencies(), index.places());
}

void RowMatcher::begin(std::span<const Query> row, const LogWeights& weights) {
  found_.clear();
  values_.clear();
  ceilings_.clear();
  names_.clear();
  phone_met_ = false;
  // Whoever is lighter than this stays improbable (under one in fifty) even with a family beside.
  even_ = static_cast<float>(std::log2(static_cast<double>(registry_.index().residents()) + 1));
  least_ = even_ - 22.0F;
  for (const Query& name : row) {
    values_.emplace_back(registry_.index(), name, as_of_);
    ceilings_.emplace_back(weights, values_.back(), name.features);
    names_.emplace_back(name.features);
  }
}

void RowMatcher::keep(std::span<const Query> row, std::span<const std::uint32_t> slots,
                      const LogWeights& weights) {
  const Index& index = registry_.index();
  patterns_.resize(slots.size());
  for (std::uint32_t name = 0; name < row.size(); ++name) {
    for (std::size_t i = 0; i < slots.size(); ++i)
      patterns_[i] = compare_.quickly(row[name], names_[name], index.features(slots[i]));
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const std::uint32_t slot = slots[i];
      const Features& resident = index.features(slot);
      phone_met_ |= patterns_[i].level(Field::phone) == level::phone_same && resident.household != 0;
      if (ceilings_[name].of(patterns_[i]) < least_) continue;
      const Pattern pattern = compare_.closely(row[name], resident, patterns_[i]);
      const Scored scored = score(weights, values_[name], resident, slot, pattern);
      const float weight = weights.m(pattern) - scored.log_u;
      if (weight < least_) continue;
      least_ = std::max(least_, weight - kFarBehind);
      found_.push_back({scored, index.resident_of(slot), name, weight});
    }
  }
}

void RowMatcher::rank(std::span<const Query> row, const LogWeights& weights) {
  if (phone_met_) share_phones(row, weights);
  // The heaviest of each resident, heaviest first; equals by slot, so that the order does not depend on
  // chance.
  const auto heavier = [](const Found& one, const Found& other) {
    return one.weight != other.weight ? one.weight > other.weight : one.scored.slot < other.scored.slot;
  };
  const std::size_t most = std::min(found_.size(), 3 * kKept);
  std::ranges::partial_sort(found_, found_.begin() + static_cast<std::ptrdiff_t>(most), heavier);
  found_.resize(most);
}

void RowMatcher::share_phones(std::span<const Query> row, const LogWeights& weights) {
  std::vector<std::uint32_t> households;
  for (const Found& found : found_)
    if (found.scored.pattern.level(Field::phone) == level::phone_same && households.size() < 8)
      households.push_back(found.scored.household);
  for (Found& found : found_) {
    Pattern pattern = found.scored.pattern;
    if (pattern.level(Field::phone) == level::phone_same || found.scored.household == 0 ||
        !is_among(households, found.scored.household) || row[found.name].features.phone == 0)
      continue;
    pattern.set(Field::phone, level::phone_of_household);
    const std::uint32_t slot = found.scored.slot;
    found.scored = score(weights, values_[found.name], registry_.index().features(slot), slot, pattern);
    found.weight = weights.m(pattern) - found.scored.log_u;
  }
}

void RowMatcher::find(std::span<const Query> row, const LogWeights& weights, RowState& into) {
  into.address = row.front().address;
  into.candidates.clear();
  into.residents.clear();
  into.boosts.clear();
  candidates_.begin(registry_.index(), row, as_of_);
  begin(row, weights);
  for (int step = 0; step < Candidates::kSteps; ++step) {
    keep(row, candidates_.next(registry_.index()), weights);
    if (least_ + kFarBehind >= even_ + kSureAfter[step]) break;
  }
  into.leads = Leads(row.front(), candidates_.crowded());
  rank(row, weights);
  for (const Found& found : found_) {
    if (into.candidates.size() == kKept) break;
    if (is_among(into.residents, found.resident)) continue;
    into.candidates.push_back(found.scored);
    into.residents.push_back(found.resident);
  }
}

template <class Take>
void RowMatcher::for_each_member(std::uint32_t household, Take&& take) const {
  constexpr std::size_t kMost = 30;  // an institution is no family
  const Index& index = registry_.index();
  const Key key = key_of(KeyKind::household, household);
  for (const auto slots : {index.base_slots(key), index.added_slots(key)})
    for (const std::uint32_t slot : slots.first(std::min(slots.size(), kMost)))
      if (!index.gone(slot) && index.features(slot).household == household) take(slot);
}

void RowMatcher::add_household(std::span<const Query> row, const LogWeights& weights, std::uint32_t household,
                               RowState& into) {
  std::vector<std::uint32_t> members;
  for_each_member(household, [&](std::uint32_t slot) { members.push_back(slot); });
  begin(row, weights);
  keep(row, members, weights);
  rank(row, weights);
  for (const Found& found : found_) {
    if (is_among(into.residents, found.resident)) continue;
    into.candidates.push_back(found.scored);
    into.residents.push_back(found.resident);
  }
}

void RowMatcher::weigh(const LogWeights& weights, const Prior& prior, RowState& state) {
  posterior(weights, prior, state, posterior_);
  state.probabilities = posterior_.of;
  state.relative = posterior_.relative;
  state.relative_of = posterior_.relative_of;
}

void RowMatcher::count_others(RowState& state) const {
  constexpr double kOfNoWeight = 1e-6;
  const Index& index = registry_.index();
  state.others.resize(state.candidates.size(), 0);
  for (std::size_t i = 0; i < state.candidates.size(); ++i) {
    const std::uint32_t household = state.candidates[i].household;
    if (household == 0 || state.others[i] != 0 || state.probabilities[i] < kOfNoWeight) continue;
    std::uint32_t last = state.residents[i];
    for_each_member(household, [&](std::uint32_t slot) {
      const std::uint32_t resident = index.resident_of(slot);
      state.others[i] =
          static_cast<std::uint8_t>(state.others[i] + (resident != state.residents[i] && resident != last));
      last = resident;
    });
  }
}

SizeCounts RowMatcher::household_sizes() const {
  constexpr std::size_t kDrawn = 1000;
  const Index& index = registry_.index();
  SizeCounts counts{};
  for (std::size_t i = 0; i < kDrawn && index.slots() > 0; ++i) {
    const auto slot = static_cast<std::uint32_t>(i * index.slots() / kDrawn);
    if (index.gone(slot) || index.features(slot).household == 0) continue;
    std::size_t members = 0;
    std::uint32_t last = 0xFFFFFFFF;
    for_each_member(index.features(slot).household, [&](std::uint32_t member) {
      const std::uint32_t resident = index.resident_of(member);
      members += resident != std::exchange(last, resident);
    });
    if (members > 0) ++counts[std::min(members - 1, counts.size() - 1)];
  }
  return counts;
}

Answer RowMatcher::answer(std::span<const Query> row, const LogWeights& weights, const RowState& state,
                          const MatchOptions& options) const {
  const Index& index = registry_.index();
  Answer answer;
  std::vector<std::size_t> order(state.candidates.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return state.probabilities[a] > state.probabilities[b]; });
  double sum = 0;
  for (const double p : state.probabilities)
    sum += p;
  answer.none_probability = std::max(0.0, 1 - sum);

  std::vector<ValueFrequencies> values_of_names;
  for (const Query& name : row)
    values_of_names.emplace_back(index, name, as_of_);
  const auto reasons_of = [&](std::size_t i) {
    const Scored& scored = state.candidates[i];
    const Features& resident = index.features(scored.slot);
    const ValueFrequencies& values =
        values_of_names[best_name(row, values_of_names, weights, resident, scored.slot, compare_)];
    std::vector<Reason> reasons;
    for (std::size_t f = 0; f < kComparedFields; ++f) {
      const auto field = static_cast<Field>(f);
      const std::uint8_t l = scored.pattern.level(field);
      if (l == level::missing || (field == Field::name_order && l == level::order_same)) continue;
      reasons.push_back({field, l,
                         weights.m(field, l) - values.log_u(weights, field, scored.pattern, resident),
                         phrase_of(field, l)});
    }
    if (!state.boosts.empty()) {
      constexpr float kWorthSaying = 0.5F;
      const Boost& boost = state.boosts[i];
      const auto say = [&](std::uint8_t l, float weight) {
        if (std::abs(weight) > kWorthSaying)
          reasons.push_back({Field::household, l, weight, phrase_of(Field::household, l)});
      };
      say(boost.family > 0 ? level::household_beside : level::household_missing, boost.family);
      say(level::household_written, boost.resident - boost.family - boost.size);
    }
    return reasons;
  };

  for (std::size_t rank = 0; rank < order.size() && rank <= options.alternatives; ++rank) {
    const std::size_t i = order[rank];
    const double p = state.probabilities[i];
    if (rank > 0 && p < 1e-4) break;
    if (rank == 0) {
      answer.probability = p;
      answer.resident = index.id(state.residents[i]);
      answer.slot = Slot{state.residents[i]};
      answer.reasons = reasons_of(i);
    } else {
      answer.alternatives.push_back(
          {Slot{state.residents[i]}, std::string(index.id(state.residents[i])), p, reasons_of(i)});
    }
  }
  answer.decision = answer.probability >= options.thresholds.match ? Decision::match
                    : answer.probability >= options.thresholds.ask ? Decision::ask
                                                                   : Decision::none;
  if (answer.decision == Decision::none) {
    if (answer.probability >= 1e-4) {
      answer.alternatives.insert(
          answer.alternatives.begin(),
          {answer.slot, answer.resident, answer.probability, std::move(answer.reasons)});
    }
    answer.reasons.clear();
    answer.resident.clear();
    answer.slot = {};
  } else if (answer.decision == Decision::ask) {
    const std::optional<Pattern> next =
        order.size() > 1 ? std::optional(state.candidates[order[1]].pattern) : std::nullopt;
    answer.what_would_settle = what_would_settle(state.candidates[order[0]].pattern, next);
  }
  return answer;
}

}  // namespace sonae::link
