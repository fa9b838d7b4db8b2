#include "link/note.h"

#include <array>

#include "link/characters.h"

namespace sonae::link {
namespace {

// The first run of ten or eleven figures with dashes between them that begins with 0.
std::string_view find_phone(std::string_view text) {
  while (!text.empty()) {
    std::string_view rest = text;
    int figures = 0;
    bool zero_first = false;
    std::size_t length = 0;
    while (!rest.empty()) {
      const char32_t c = next_character(rest);
      const bool figure = (c >= '0' && c <= '9') || (c >= U'０' && c <= U'９');
      if (figure && figures == 0) zero_first = c == '0' || c == U'０';
      const bool between =
          figures > 0 && (c == '-' || c == U'－' || c == U'ー' || c == U'−' || c == '(' || c == ')');
      if (!figure && !between) break;
      figures += figure;
      length = text.size() - rest.size();
    }
    if (zero_first && (figures == 10 || figures == 11)) return text.substr(0, length);
    if (length > 0) {
      text.remove_prefix(length);
    } else {
      next_character(text);
    }
  }
  return {};
}

bool ends_name(char32_t c) {
  return c == ' ' || c == U'　' || c == U'）' || c == ')' || c == U'、' || c == ',' || c == U'。' ||
         c == U'」' || c == U'・' || c == '/' || c == U'】';
}

std::string_view find_former_name(std::string_view text) {
  static constexpr std::array<std::string_view, 2> kWords = {"旧姓", "旧氏"};
  for (const std::string_view word : kWords) {
    const auto at = text.find(word);
    if (at == std::string_view::npos) continue;
    std::string_view rest = text.substr(at + word.size());
    while (!rest.empty()) {
      const char32_t c = peek_character(rest);
      if (c != ' ' && c != U'　' && c != ':' && c != U'：' && c != U'は' && c != U'「' && c != U'・') break;
      next_character(rest);
    }
    const std::string_view begin = rest;
    std::size_t length = 0;
    for (int letters = 0; !rest.empty() && letters < 8 && !ends_name(peek_character(rest)); ++letters) {
      next_character(rest);
      length = begin.size() - rest.size();
    }
    return begin.substr(0, length);
  }
  return {};
}

}  // namespace

Note read_note(std::string_view written) {
  if (written.size() > 2000) written = written.substr(0, 2000);
  return {find_phone(written), find_former_name(written)};
}

}  // namespace sonae::link
