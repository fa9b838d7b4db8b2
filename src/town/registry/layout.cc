#include "town/registry/layout.h"

#include <algorithm>

namespace sonae::registry {
namespace {

std::string_view without_leading_zeros(std::string_view code) {
  while (code.size() > 1 && code.front() == '0')
    code.remove_prefix(1);
  return code;
}

}  // namespace

std::optional<std::string_view> CodeList::word_of(std::string_view code) const {
  const std::string_view bare = without_leading_zeros(code);
  for (const auto& [known, word] : words)
    if (without_leading_zeros(known) == bare) return word;
  return std::nullopt;
}

std::optional<std::string_view> CodeList::code_of(std::string_view word) const {
  for (const auto& [code, known] : words)
    if (known == word) return code;
  return std::nullopt;
}

const Column* Layout::column(std::string_view wanted) const {
  const auto has_name = [&](const Column& column) {
    return column.name == wanted || std::ranges::find(column.aliases, wanted) != column.aliases.end();
  };
  const auto found = std::ranges::find_if(columns, has_name);
  return found == columns.end() ? nullptr : &*found;
}

const Column* Layout::column_to(Field field) const {
  const auto found = std::ranges::find_if(columns, [&](const Column& column) { return column.to == field; });
  return found == columns.end() ? nullptr : &*found;
}

LayoutPtr layout_of_header(const std::vector<LayoutPtr>& layouts, const std::vector<std::string>& header) {
  LayoutPtr best;
  std::size_t best_known = 0;
  for (const LayoutPtr& layout : layouts) {
    if (!layout->header) continue;
    const auto in_header = [&](const Column& column) {
      return std::ranges::any_of(header, [&](const std::string& name) {
        return column.name == name || std::ranges::find(column.aliases, name) != column.aliases.end();
      });
    };
    const bool has_required = std::ranges::all_of(
        layout->columns, [&](const Column& column) { return !column.required || in_header(column); });
    const auto known = static_cast<std::size_t>(std::ranges::count_if(layout->columns, in_header));
    if (has_required && known > best_known) {
      best = layout;
      best_known = known;
    }
  }
  return best;
}

}  // namespace sonae::registry
