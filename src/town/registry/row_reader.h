// Reads the cells of one line by a layout: the canonical fields, and what is wrong with it.
//
// One reader serves one thread. What it hands out lives until the next read.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/date.h"
#include "town/registry/arena.h"
#include "town/registry/layout.h"
#include "town/registry/problem.h"
#include "town/registry/resident.h"

namespace sonae::registry {

// The canonical fields of one resident in their text form: dates as "1948-03-00", codes as their words.
using Fields = std::array<std::string_view, kFields>;
inline std::string_view get(const Fields& fields, Field field) {
  return fields[static_cast<std::size_t>(field)];
}

class RowReader {
 public:
  // `columns` are the items of the file in its order; items that the layout does not know are kept and mean
  // nothing. `as_of` settles two-digit years.
  RowReader(LayoutPtr layout, const std::vector<std::string>& columns, Date as_of);

  // All fields. Problems are added where `problems` is given; the cells must be as many as the columns.
  const Fields& fields(std::span<const std::string_view> cells, std::vector<Problem>* problems = nullptr);

  // A resident as lists and linkage need one: quicker, reads only what a row has.
  const ResidentRow& row(std::span<const std::string_view> cells);

  // From fields that were read before.
  static void to_row(const Fields& fields, Arena& arena, ResidentRow& row);

  std::string_view id(std::span<const std::string_view> cells) const {
    return id_cell_ < cells.size() ? cells[id_cell_] : std::string_view{};
  }
  std::size_t column_count() const { return bound_.size(); }
  const LayoutPtr& layout() const { return layout_; }
  // The layout's column of a cell; null where it knows none.
  const Column* column(std::size_t cell) const { return bound_[cell].column; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Bound {
    const Column* column = nullptr;
    std::size_t era = kNone;
    std::size_t unknown_flag = kNone;
    bool in_row = false;  // ResidentRow needs it
  };

  void read(std::span<const std::string_view> cells, std::vector<Problem>* problems, bool only_row);
  std::string_view value_of(const Bound& bound, std::span<const std::string_view> cells, std::size_t cell,
                            std::vector<Problem>* problems);
  std::string_view date_of(const Bound& bound, std::span<const std::string_view> cells, std::string_view cell,
                           std::vector<Problem>* problems);

  LayoutPtr layout_;
  Date as_of_;
  std::vector<Bound> bound_;
  std::size_t id_cell_ = kNone;
  Fields fields_{};
  ResidentRow row_;
  Arena arena_;
};

// Digits of any width as ASCII, hyphens left out; empty where there is anything else.
std::string_view plain_digits(std::string_view written, Arena& arena);

}  // namespace sonae::registry
