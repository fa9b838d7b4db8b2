#include "text/era.h"

namespace sonae::text {

const Era* read_era(std::u32string_view text, std::size_t& at) {
  const std::u32string_view rest = text.substr(at);
  if (rest.empty()) return nullptr;
  for (const Era& era : kEras) {
    if (rest.starts_with(era.name)) return at += era.name.size(), &era;
    if (era.code == 0) continue;
    const char32_t c = rest.front();
    const bool letter = c == era.letter || c == era.letter + 0x20 || c == era.letter + 0xFEE0 ||
                        c == era.letter + 0xFEE0 + 0x20;  // s, Ｓ, ｓ
    if (letter || c == era.ligature || c == era.name.front()) return ++at, &era;
  }
  if (rest.starts_with(U"慶應")) return at += 2, &kEras[5];
  return nullptr;
}

const Era* era_of_code(int code) {
  for (const Era& era : kEras)
    if (era.code == code && code != 0) return &era;
  return nullptr;
}

const Era& era_of_day(Date day) {
  for (const Era& era : kEras)
    if (era.first <= day) return era;
  return kEras.back();
}

}  // namespace sonae::text
