#include <algorithm>
#include <array>
#include <cstdint>

#include "text/script.h"
#include "text/similarity.h"
#include "text/utf8.h"

namespace sonae::text {

namespace {

// Costs of edits, in hundredths, chosen by hand: what is misheard or misread costs about half.
constexpr int kOther = 100;
constexpr int kVoicing = 35;        // タ ダ, ハ バ パ
constexpr int kLooksAlike = 50;     // シ ツ, ソ ン
constexpr int kSameVowel = 85;      // カ サ
constexpr int kSameConsonant = 80;  // カ コ
constexpr int kLightKana = 55;      // ン, ツ (from ッ), a vowel: dropped or doubled in haste
constexpr int kExchanged = 70;

constexpr bool looks_alike(char32_t one, char32_t other) {
  constexpr std::u32string_view kPairs =
      U"シツソンンリソリクワウワウフワフアマコユヌスチテナメルレラヲワラノソセヤケクオホタクニミネホロコ";
  for (std::size_t i = 0; i + 1 < kPairs.size(); i += 2)
    if ((kPairs[i] == one && kPairs[i + 1] == other) || (kPairs[i] == other && kPairs[i + 1] == one))
      return true;
  return false;
}

// The row of the kana table (ア カ サ ...) without voicing; folded kana are large.
int row_of(char32_t kana) {
  const char32_t base = unvoiced(kana);
  constexpr std::u32string_view kFirst = U"アカサタナハマヤラワ";
  for (std::size_t i = kFirst.size(); i-- > 0;)
    if (base >= kFirst[i]) return static_cast<int>(i);
  return -1;
}

int cost_of_exchange(char32_t one, char32_t other) {
  if (one == other) return 0;
  if (unvoiced(one) == unvoiced(other)) return kVoicing;
  if (looks_alike(one, other)) return kLooksAlike;
  if (row_of(one) == row_of(other)) return kSameConsonant;
  if (vowel_of(one) == vowel_of(other)) return kSameVowel;
  return kOther;
}

int cost_of_insertion(char32_t c) {
  const bool light = c == U'ン' || c == U'ツ' || c == U'ー' || vowel_of(c) == c;
  return light ? kLightKana : kOther;
}

// All costs between katakana, worked out once.
struct Costs {
  static constexpr char32_t kFirst = U'ァ';
  static constexpr std::size_t kCount = U'ー' - U'ァ' + 1;
  std::array<std::array<std::uint8_t, kCount>, kCount> exchange;
  std::array<std::uint8_t, kCount> insert;

  Costs() {
    for (std::size_t i = 0; i < kCount; ++i) {
      insert[i] = static_cast<std::uint8_t>(cost_of_insertion(kFirst + static_cast<char32_t>(i)));
      for (std::size_t j = 0; j < kCount; ++j)
        exchange[i][j] = static_cast<std::uint8_t>(
            cost_of_exchange(kFirst + static_cast<char32_t>(i), kFirst + static_cast<char32_t>(j)));
    }
  }
  int substitution(char32_t one, char32_t other) const {
    if (one - kFirst < kCount && other - kFirst < kCount) return exchange[one - kFirst][other - kFirst];
    return one == other ? 0 : kOther;
  }
  int insertion(char32_t c) const { return c - kFirst < kCount ? insert[c - kFirst] : kOther; }
};

const Costs& costs() {
  static const Costs worked_out;
  return worked_out;
}

}  // namespace

double kana_similarity(std::u32string_view one, std::u32string_view other) {
  constexpr std::size_t kLongest = 64;
  one = one.substr(0, kLongest), other = other.substr(0, kLongest);
  if (one.empty() || other.empty()) return 0;
  if (one == other) return 1;
  const Costs& cost = costs();
  // Optimal string alignment, three rows.
  std::array<std::array<int, kLongest + 1>, 3> rows;
  auto *before = &rows[0], *last = &rows[1], *now = &rows[2];
  (*last)[0] = 0;
  for (std::size_t j = 0; j < other.size(); ++j)
    (*last)[j + 1] = (*last)[j] + cost.insertion(other[j]);
  for (std::size_t i = 0; i < one.size(); ++i) {
    (*now)[0] = (*last)[0] + cost.insertion(one[i]);
    for (std::size_t j = 0; j < other.size(); ++j) {
      int best = (*last)[j] + cost.substitution(one[i], other[j]);
      best = std::min(best, (*last)[j + 1] + cost.insertion(one[i]));
      best = std::min(best, (*now)[j] + cost.insertion(other[j]));
      if (i > 0 && j > 0 && one[i] == other[j - 1] && one[i - 1] == other[j])
        best = std::min(best, (*before)[j - 1] + kExchanged);
      (*now)[j + 1] = best;
    }
    std::swap(before, last), std::swap(last, now);
  }
  const double longest = 100.0 * static_cast<double>(std::max(one.size(), other.size()));
  return std::max(0.0, 1.0 - (*last)[other.size()] / longest);
}

double kana_similarity(std::string_view folded_one, std::string_view folded_other) {
  if (folded_one.empty() || folded_other.empty()) return 0;
  if (folded_one == folded_other) return 1;
  return kana_similarity(to_characters(folded_one), to_characters(folded_other));
}

}  // namespace sonae::text
