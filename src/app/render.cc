#include "app/render.h"

#include <algorithm>
#include <vector>

namespace sonae::app {

namespace {

// One value on one line; lists of plain values joined, an object as "label value".
std::string inline_text(const json::value& value, Language language) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_null()) return "";
  if (value.is_bool()) {
    if (language == Language::japanese) return value.get_bool() ? "はい" : "いいえ";
    return value.get_bool() ? "yes" : "no";
  }
  if (value.is_array()) {
    std::string joined;
    for (const json::value& item : value.get_array()) {
      if (!joined.empty()) joined += language == Language::japanese ? "、" : ", ";
      joined += inline_text(item, language);
    }
    return joined;
  }
  if (value.is_object()) {
    const json::object& object = value.get_object();
    // A sentence in both languages is shown in one.
    if (object.size() == 2 && object.contains("japanese") && object.contains("english"))
      return std::string(object.at(language == Language::japanese ? "japanese" : "english").as_string());
    std::string joined;
    for (const auto& [name, item] : object) {
      const std::string text = inline_text(item, language);
      if (text.empty()) continue;
      if (!joined.empty()) joined += language == Language::japanese ? "、" : ", ";
      joined += label_of(name, language) + " " + text;
    }
    return joined;
  }
  return to_text(value);
}

bool is_table(const json::value& value) {
  if (!value.is_array() || value.get_array().empty()) return false;
  return std::all_of(value.get_array().begin(), value.get_array().end(),
                     [](const json::value& row) { return row.is_object(); });
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, terminal_width(text)), ' ');
}

std::string table(const json::array& rows, Language language) {
  std::vector<std::string> members;
  for (const json::value& row : rows)
    for (const auto& [name, item] : row.get_object())
      if (std::find(members.begin(), members.end(), name) == members.end()) members.emplace_back(name);

  std::vector<std::vector<std::string>> lines(1);
  for (const std::string& member : members)
    lines[0].push_back(label_of(member, language));
  for (const json::value& row : rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const std::string& member : members) {
      const json::value* const item = row.get_object().if_contains(member);
      line.push_back(item == nullptr ? "" : inline_text(*item, language));
    }
  }
  std::vector<std::size_t> widths(members.size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], terminal_width(line[i]));

  std::string text;
  for (const auto& line : lines) {
    std::string written = " ";
    for (std::size_t i = 0; i < line.size(); ++i)
      written += " " + padded(line[i], widths[i]) + " ";
    text += written.substr(0, written.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace

std::size_t terminal_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const bool half_width_kana =
        text.substr(i).starts_with("\xEF\xBD") || text.substr(i).starts_with("\xEF\xBE");
    width += length >= 3 && !half_width_kana ? 2 : 1;
    i += length;
  }
  return width;
}

std::string render(const json::value& answer, Language language) {
  if (!answer.is_object()) return inline_text(answer, language);
  std::size_t widest = 0;
  for (const auto& [name, value] : answer.get_object())
    if (!is_table(value)) widest = std::max(widest, terminal_width(label_of(name, language)));
  std::string text;
  for (const auto& [name, value] : answer.get_object()) {
    if (is_table(value)) {
      text += label_of(name, language) + ":\n" + table(value.get_array(), language);
      continue;
    }
    const std::string line = inline_text(value, language);
    if (!line.empty()) text += padded(label_of(name, language), widest) + "  " + line + "\n";
  }
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace sonae::app
