#include "text/kana.h"

#include "text/script.h"
#include "text/utf8.h"

namespace sonae::text {

std::string to_katakana(std::string_view written) {
  std::string text;
  text.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    char32_t c = next_character(written, at);
    if (c == 0xFF70) c = U'ー';
    if (c == 0xFF65) c = U'・';
    if (is_hiragana(c)) c += 0x60;
    c = full_width_kana(c);
    if (is_katakana(c) && at < written.size()) {
      std::size_t after = at;
      const char32_t mark = next_character(written, after);
      const char32_t joined = is_voiced_mark(mark)        ? voiced(c)
                              : is_half_voiced_mark(mark) ? half_voiced(c)
                                                          : 0;
      if (joined != 0) c = joined, at = after;
    }
    append_utf8(text, c);
  }
  return text;
}

std::string to_hiragana(std::string_view written) {
  const std::string katakana = to_katakana(written);
  std::string text;
  text.reserve(katakana.size());
  for (std::size_t at = 0; at < katakana.size();) {
    const char32_t c = next_character(katakana, at);
    const bool has_hiragana = (c >= 0x30A1 && c <= 0x30F6) || c == U'ヽ' || c == U'ヾ';
    append_utf8(text, has_hiragana ? c - 0x60 : c);
  }
  return text;
}

bool is_kana_only(std::string_view written) {
  bool any = false;
  for (std::size_t at = 0; at < written.size();) {
    const char32_t c = next_character(written, at);
    if (is_kana(c)) {
      any = true;
    } else if (c != U'ー' && c != 0xFF70 && c != U'　' && c != U' ' && c != U'・' && c != 0xFF65 &&
               !is_voiced_mark(c) && !is_half_voiced_mark(c)) {
      return false;
    }
  }
  return any;
}

}  // namespace sonae::text
