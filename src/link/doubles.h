// The same person on two rows, where no registry tells: people who are no residents, or no registry at all.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "link/answer.h"
#include "link/record.h"
#include "link/weights.h"

namespace sonae::link {

struct Double {
  std::size_t earlier = 0;
  double probability = 0;
};

// For each row, the earlier one that seems to be the same person. Rows may give an age or a birth date; each
// is compared with each.
std::vector<std::optional<Double>> find_doubles(const Context& context, const Weights& weights,
                                                std::span<const Record> rows);

// Sets same_as_row of the rows at `of` (rising) that seem to be the same person as an earlier one of them.
void mark_doubles(const Context& context, const Weights& weights, std::span<const Record> rows,
                  std::span<const std::size_t> of, std::vector<Answer>& answers);

}  // namespace sonae::link
