// Any text as a name, a reading, romaji, a date or Accept-Language: nothing fails, folding twice is folding
// once, and a date that was read is written and read again as the same.
#include <cstdlib>

#include "text/date.h"
#include "text/fold.h"
#include "text/kana.h"
#include "text/name.h"
#include "text/similarity.h"
#include "text/tongues.h"

namespace {
const sonae::text::Tables& tables() {
  static const auto opened = sonae::text::Tables::open(sonae::real_env(), SONAE_DATA_DIR);
  if (!opened) std::abort();
  return **opened;
}
const sonae::text::Tongues& tongues() {
  static const auto opened = sonae::text::Tongues::open(sonae::real_env(), SONAE_DATA_DIR);
  if (!opened) std::abort();
  return *opened;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* content, std::size_t size) {
  using namespace sonae::text;
  const std::string_view text(reinterpret_cast<const char*>(content), size);
  constexpr sonae::Date kToday{2026, 11, 21};

  const std::string name = fold_name(tables(), text);
  if (fold_name(tables(), name) != name) std::abort();
  const std::string kana = fold_kana(text);
  if (fold_kana(kana) != kana) std::abort();
  if (to_katakana(to_hiragana(to_katakana(text))) != to_katakana(to_katakana(text))) std::abort();
  if (const auto katakana = romaji_to_katakana(text)) katakana_to_romaji(*katakana);
  parse_name(text);

  const std::string tongue = tongues().preferred(text);
  if (!tongue.empty() && !tongues().has(tongue)) std::abort();

  const std::string_view front = text.substr(0, size / 2);
  const double one = name_similarity(tables(), front, text.substr(size / 2));
  const double other = name_similarity(tables(), text.substr(size / 2), front);
  if (one != other || one < 0 || one > 1) std::abort();
  const double sound = kana_similarity(front, text.substr(size / 2));
  if (sound < 0 || sound > 1) std::abort();

  if (const auto parsed = parse_date(text, kToday)) {
    if (*parse_partial_text(to_text(parsed->date)) != parsed->date) std::abort();
    const auto again = parse_date(to_japanese_era(parsed->date), kToday);
    if (!again || again->date != parsed->date) std::abort();
  }
  return 0;
}
