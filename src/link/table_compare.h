// Comparing records of any two tables: one level for each field.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "link/table.h"

namespace sonae::link {

enum class TableLevel : std::uint8_t { missing, same, near, similar, exchanged, differs };
inline constexpr std::size_t kTableLevels = 6;
std::string_view name_of(TableLevel level);

using TablePattern = std::array<TableLevel, Spec::kMostFields>;  // those past the spec's fields are missing

TablePattern compare_records(const Spec& spec, const std::vector<Dictionary>& dictionaries,
                             const ValueNumber* left, const ValueNumber* right);

// Whether the sketches of two values tell that compare_values would say `differs`. Never true where it would
// not.
bool surely_differs(FieldKind kind, const ValueSketch& one, const ValueSketch& other);

// Of two values that are not the same.
TableLevel compare_values(FieldKind kind, const std::u32string& one, const std::u32string& other);

}  // namespace sonae::link
