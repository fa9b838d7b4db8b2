// Where in a mail the mail begins that it answers. Programs mark it in many ways; what is missed stays in the
// text, and a clerk reads it.
#include <algorithm>

#include "mail/incoming.h"

namespace sonae::mail {

namespace {

constexpr std::string_view kSpace = " \t\r　";

bool has_any(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

// "On Sat, 21 Nov 2026, somebody wrote:", "2026年11月21日(土) 9:00 誰か <a@example.jp>:"
bool introduces(std::string_view line) {
  if (has_any(line, {"-----Original Message-----", "----- 元のメッセージ", "-----元のメッセージ",
                     "________________________________"}))
    return true;
  if (line.starts_with("On ") && line.ends_with("wrote:")) return true;
  if (has_any(line, {"さんは書きました", "のメッセージ:"})) return true;
  const bool names_sender = has_any(line, {"@"}) && (line.ends_with(":") || line.ends_with("："));
  return names_sender && has_any(line, {"年", "/", "-"}) && has_any(line, {"月", ":"}) &&
         has_any(line, {"<"});
}

}  // namespace

std::string without_quoted(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
      line.remove_suffix(1);
    if (line == "--" || introduces(line)) break;  // "-- ": a signature
    const std::size_t begin = line.find_first_not_of(kSpace);
    if (begin != std::string_view::npos &&
        (line[begin] == '>' || line.substr(begin).starts_with("＞") || line.substr(begin).starts_with("|")))
      continue;
    kept += line;
    kept += '\n';
  }
  return kept;
}

}  // namespace sonae::mail
