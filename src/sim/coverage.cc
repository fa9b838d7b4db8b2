#include "sim/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace sonae::sim {

namespace {

struct Column {
  Fault fault;
  std::string_view name;
};

std::vector<Column> columns() {
  std::vector<Column> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Fault>>(
      [&](auto one) { all.push_back({one.value, one.name}); });
  return all;
}

}  // namespace

void Coverage::add(const Coverage& other) {
  for (const auto& [operation, row] : other.counts_) {
    expect(operation);
    for (const auto& [fault, count] : row)
      met(operation, fault, count);
  }
}

std::uint64_t Coverage::empty_cells() const {
  std::uint64_t empty = 0;
  for (const auto& [operation, row] : counts_)
    for (const Column& column : columns())
      if (!row.contains(column.fault)) ++empty;
  return empty;
}

// Faults are rows, so that the names stand upright; operations are columns under numbers.
std::string Coverage::table() const {
  std::string text = "operations:\n";
  std::size_t number = 0;
  for (const auto& [operation, row] : counts_)
    text += fmt::format("  {:>2} {}\n", ++number, operation);
  text += fmt::format("{:<16}", "fault");
  for (std::size_t i = 1; i <= number; ++i)
    text += fmt::format("{:>7}", i);
  text += '\n';
  for (const Column& column : columns()) {
    text += fmt::format("{:<16}", column.name);
    for (const auto& [operation, row] : counts_) {
      const auto found = row.find(column.fault);
      text += fmt::format("{:>7}", found == row.end() ? 0 : found->second);
    }
    text += '\n';
  }
  return text + fmt::format("empty cells: {}\n", empty_cells());
}

}  // namespace sonae::sim
