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

std::vector<Fault> all_faults() {
  std::vector<Fault> all;
  for (const Column& column : columns())
    all.push_back(column.fault);
  return all;
}

void Coverage::add(const Coverage& other) {
  for (const auto& [operation, row] : other.counts_) {
    expect(operation);
    for (const auto& [fault, count] : row)
      met(operation, fault, count);
  }
}

std::vector<std::string> Coverage::empty_cells() const {
  std::vector<std::string> empty;
  for (const auto& [operation, row] : counts_)
    for (const Column& column : columns())
      if (!row.contains(column.fault)) empty.push_back(fmt::format("{}: {}", operation, column.name));
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
  const std::vector<std::string> empty = empty_cells();
  text += fmt::format("empty cells: {}\n", empty.size());
  for (const std::string& cell : empty)
    text += fmt::format("  {}\n", cell);
  return text;
}

}  // namespace sonae::sim
