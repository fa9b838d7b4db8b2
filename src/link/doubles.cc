#include "link/doubles.h"

#include <algorithm>

#include "link/index.h"
#include "link/row_matcher.h"

namespace sonae::link {
namespace {

constexpr double kSure = 0.9;
constexpr double kShareOfDoubles = 0.05;  // first guess: how many of such rows were written before

}  // namespace

void mark_doubles(const Context& context, const Weights& weights, std::span<const Record> rows,
                  std::span<const std::size_t> of, std::vector<Answer>& answers) {
  if (of.size() < 2) return;
  // The rows themselves stand as the registry. An age cannot stand in a registry: rows that have only that
  // are compared by it where the other has a birth date.
  RegistryBuilder builder(context, of.size());
  std::vector<std::string> ids;
  ids.reserve(of.size());
  for (std::size_t i = 0; i < of.size(); ++i) {
    Record person = rows[of[i]];
    person.id = ids.emplace_back(std::to_string(i));
    person.other_name = person.former_family_name = {};
    person.other_names = {};
    person.household = {};
    builder.add(person);
  }
  const Registry registry = builder.finish(1);
  Weights here = weights;
  here.resident_share = kShareOfDoubles;
  here.relative_share = 0.2;  // families flee together
  const LogWeights logs(here);
  const Prior prior(here, of.size());
  RowMatcher matcher(registry, context.today);
  for (std::size_t i = 1; i < of.size(); ++i) {
    const auto query = matcher.read(rows[of[i]]);
    RowState state;
    matcher.find(query, logs, state);
    for (std::size_t c = state.candidates.size(); c-- > 0;) {
      if (state.residents[c] < i) continue;  // only rows before this one
      state.candidates.erase(state.candidates.begin() + static_cast<std::ptrdiff_t>(c));
      state.residents.erase(state.residents.begin() + static_cast<std::ptrdiff_t>(c));
    }
    matcher.weigh(logs, prior, state);
    const auto best = std::ranges::max_element(state.probabilities);
    if (best == state.probabilities.end() || *best < kSure) continue;
    Answer& answer = answers[of[i]];
    answer.same_as_row = of[state.residents[static_cast<std::size_t>(best - state.probabilities.begin())]];
    answer.same_as_row_probability = *best;
  }
}

}  // namespace sonae::link
