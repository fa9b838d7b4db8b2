#include "link/doubles.h"

#include <algorithm>

#include "link/index.h"
#include "link/row_matcher.h"

namespace sonae::link {
namespace {

constexpr double kSure = 0.9;
constexpr double kShareOfDoubles = 0.05;  // first guess: how many of such rows were written before

// Foreign names stand under several forms, so that a slot is not a row.
std::size_t row_of(const Registry& registry, std::uint32_t slot) {
  return std::stoul(std::string(registry.id_of(Slot{slot})));
}

}  // namespace

std::vector<std::optional<Double>> find_doubles(const Context& context, const Weights& weights,
                                                std::span<const Record> rows) {
  std::vector<std::optional<Double>> doubles(rows.size());
  if (rows.size() < 2) return doubles;
  // The rows themselves stand as the registry.
  RegistryBuilder builder(context, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Record person = rows[i];
    const std::string id = std::to_string(i);
    person.id = id;
    person.other_name = person.former_family_name = {};
    person.other_names = {};
    person.household = {};
    builder.add(person);
  }
  const Registry registry = builder.finish(1);
  Weights here = weights;
  here.resident_share = kShareOfDoubles;
  here.relative_share = 0.2;                                              // families flee together
  here.address_kinds[2] = here.address_kinds[1] = here.address_kinds[0];  // the registry is the list itself
  const LogWeights logs(here);
  const Prior prior(here, rows.size());
  RowMatcher matcher(registry, context.today);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto query = matcher.read(rows[i]);
    RowState state;
    matcher.find(query, logs, state);
    const auto stands_for_another = [&](std::size_t row) {
      // A row that is known for the same as one before it: that one is asked, or a person on three rows would
      // be as likely the first as the second, and neither.
      return doubles[row] && std::ranges::any_of(state.residents, [&](std::uint32_t slot) {
               return row_of(registry, slot) == doubles[row]->earlier;
             });
    };
    for (std::size_t c = state.candidates.size(); c-- > 0;) {
      const std::size_t row = row_of(registry, state.residents[c]);
      if (row < i && !stands_for_another(row)) continue;  // only rows before this one
      state.candidates.erase(state.candidates.begin() + static_cast<std::ptrdiff_t>(c));
      state.residents.erase(state.residents.begin() + static_cast<std::ptrdiff_t>(c));
    }
    matcher.weigh(logs, prior, state);
    const auto best = std::ranges::max_element(state.probabilities);
    if (best == state.probabilities.end() || *best < kSure) continue;
    const auto at = static_cast<std::size_t>(best - state.probabilities.begin());
    doubles[i] = {row_of(registry, state.residents[at]), *best};
  }
  return doubles;
}

void mark_doubles(const Context& context, const Weights& weights, std::span<const Record> rows,
                  std::span<const std::size_t> of, std::vector<Answer>& answers) {
  std::vector<Record> those;
  those.reserve(of.size());
  for (const std::size_t row : of)
    those.push_back(rows[row]);
  const auto doubles = find_doubles(context, weights, those);
  for (std::size_t i = 0; i < doubles.size(); ++i) {
    if (!doubles[i]) continue;
    answers[of[i]].same_as_row = of[doubles[i]->earlier];
    answers[of[i]].same_as_row_probability = doubles[i]->probability;
  }
}

}  // namespace sonae::link
