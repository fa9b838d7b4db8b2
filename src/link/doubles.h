// The same person on two rows of a list, where the registry cannot tell: people who are no residents.
#pragma once

#include <span>
#include <vector>

#include "link/answer.h"
#include "link/matcher.h"
#include "link/record.h"
#include "link/weights.h"

namespace sonae::link {

// Sets same_as_row of the rows at `of` (rising) that seem to be the same person as an earlier one of them.
void mark_doubles(const Context& context, const Weights& weights, std::span<const Record> rows,
                  std::span<const std::size_t> of, std::vector<Answer>& answers);

}  // namespace sonae::link
