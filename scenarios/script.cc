#include "script.h"

namespace sonae::scenario {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

std::pair<std::string, std::string> first_word(std::string_view text) {
  text = trimmed(text);
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, space)), std::string(trimmed(text.substr(space)))};
}

std::vector<std::string> table_cells(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::vector<std::string> cells;
  for (;;) {
    const std::size_t bar = line.find('|');
    cells.emplace_back(trimmed(line.substr(0, bar)));
    if (bar == std::string_view::npos) return cells;
    line.remove_prefix(bar + 1);
  }
}

Result<std::vector<Step>> parse_script(std::string_view text) {
  std::vector<Step> steps;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    ++number;
    if (line.starts_with("  ")) {
      if (steps.empty())
        return fail(ErrorCode::invalid_input,
                    {"先頭に字下げの行があります", "An indented line before any step"},
                    "line " + std::to_string(number));
      steps.back().block.emplace_back(line.substr(2));
      continue;
    }
    if (trimmed(line).empty() || line.starts_with('#')) continue;
    auto [verb, rest] = first_word(line);
    steps.push_back({number, std::move(verb), std::move(rest), {}});
  }
  return steps;
}

}  // namespace sonae::scenario
