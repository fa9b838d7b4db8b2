// What the columns of a list mean: from its header, or, where it has none, from what stands in them.
// Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "text/gazetteer.h"
#include "town/reception/vocabulary.h"

namespace sonae::reception {

using Cells = std::vector<std::string_view>;

// The columns, if this row is a header: it names a person's items, and most of its cells are such names.
std::optional<std::vector<Column>> read_header(const Vocabulary& vocabulary, const Cells& row);

// A guess from the rows of a list without header. `gazetteer` may be null.
std::vector<Column> guess_columns(const Vocabulary& vocabulary, const text::Tables* tables,
                                  const text::Gazetteer* gazetteer, Date today, std::span<const Cells> rows);

// Lists pasted side by side have their columns twice and more (番号, 氏名, 年齢, 番号, 氏名, 年齢): how many
// columns one person has. The number of columns where it is one person to a row.
std::size_t columns_of_one_person(const std::vector<Column>& columns);

}  // namespace sonae::reception
