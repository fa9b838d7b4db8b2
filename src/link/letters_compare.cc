#include "link/letters_compare.h"

#include <array>
#include <string_view>
#include <utility>

namespace sonae::link {
namespace {

unsigned letter(Letters letters, unsigned i, unsigned bits) {
  return static_cast<unsigned>(letters.packed >> (bits * i)) & ((1U << bits) - 1);
}

unsigned first_difference(std::uint64_t difference, unsigned bits) {
  return static_cast<unsigned>(__builtin_ctzll(difference)) / bits;
}

unsigned first_difference(Packed difference, unsigned bits) {
  const auto low = static_cast<std::uint64_t>(difference);
  const auto high = static_cast<std::uint64_t>(difference >> 64);
  const unsigned bit =
      low ? static_cast<unsigned>(__builtin_ctzll(low)) : 64U + static_cast<unsigned>(__builtin_ctzll(high));
  return bit / bits;
}

template <class Word>
Word from_letter(Word word, unsigned i, unsigned bits) {
  return bits * i >= 8 * sizeof(Word) ? 0 : word >> (bits * i);
}

// 1 or 2 (two or more), of different words: after the first letter that differs, the rest must be the same
// under one edit. `one` is not the longer.
template <class Word>
unsigned distance_of(Word one, unsigned one_count, Word other, unsigned other_count, unsigned bits) {
  const unsigned at = first_difference(one ^ other, bits);
  if (one_count < other_count) return from_letter(one, at, bits) == from_letter(other, at + 1, bits) ? 1 : 2;
  const Word rest = from_letter(one ^ other, at + 1, bits);
  if (rest == 0) return 1;
  if (rest >> bits != 0) return 2;
  const auto letter_at = [bits](Word word, unsigned i) {
    return (word >> (bits * i)) & ((Word{1} << bits) - 1);
  };
  return letter_at(one, at) == letter_at(other, at + 1) && letter_at(one, at + 1) == letter_at(other, at) ? 1
                                                                                                          : 2;
}

// 0, 1 or 2. Nearly all parts of names fit into 64 bits, which is twice as fast.
unsigned distance_up_to_two(Letters one, Letters other, unsigned bits) {
  if (one == other) return 0;
  if (one.count > other.count) std::swap(one, other);
  if (other.count - one.count > 1) return 2;
  if (bits * other.count <= 64)
    return distance_of(static_cast<std::uint64_t>(one.packed), one.count,
                       static_cast<std::uint64_t>(other.packed), other.count, bits);
  return distance_of(one.packed, one.count, other.packed, other.count, bits);
}

// Pairs of katakana, by sound and by shape. (Our own list: what is misheard on the telephone and misread in
// handwriting.)
constexpr std::u32string_view kConfusable =
    U"カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボハパヒピフプヘペホポバ"
    U"パビピブプベペボポ"
    U"シヒチジシツソンシンツソクワクタワウフワノソルレコユユヨラフマムアマナメヌスエイアカラダ";

const std::array<std::array<std::uint64_t, 2>, 128>& confusable_table() {
  static const auto table = [] {
    std::array<std::array<std::uint64_t, 2>, 128> t{};
    for (std::size_t i = 0; i + 1 < kConfusable.size(); i += 2) {
      const auto a = static_cast<unsigned>(kConfusable[i] - 0x30A0);
      const auto b = static_cast<unsigned>(kConfusable[i + 1] - 0x30A0);
      t[a][b / 64] |= 1ULL << (b % 64);
      t[b][a / 64] |= 1ULL << (a % 64);
    }
    return t;
  }();
  return table;
}

}  // namespace

bool kana_confusable(std::uint8_t one, std::uint8_t other) {
  return one < 128 && other < 128 && (confusable_table()[one][other / 64] >> (other % 64) & 1);
}

unsigned kana_distance(Letters one, Letters other) {
  return distance_up_to_two(one, other, kKanaBits);
}

bool kana_near(Letters one, Letters other) {
  if (one.empty() || other.empty() || distance_up_to_two(one, other, kKanaBits) != 1) return false;
  if (one.count >= 3 && other.count >= 3) return true;
  if (one.count != other.count) return one.count + other.count >= 5;
  const unsigned at = first_difference(one.packed ^ other.packed, kKanaBits);
  return kana_confusable(static_cast<std::uint8_t>(letter(one, at, kKanaBits)),
                         static_cast<std::uint8_t>(letter(other, at, kKanaBits)));
}

bool kanji_near(Letters one, Letters other) {
  return one.count >= 1 && other.count >= 1 && one.count + other.count >= 3 &&
         distance_up_to_two(one, other, kKanjiBits) == 1;
}

bool begins_alike(Letters one, Letters other, unsigned bits) {
  if (one.count > other.count) std::swap(one, other);
  const unsigned least = bits == kKanaBits ? 2 : 1;
  return one.count >= least && one.count < other.count &&
         (other.packed & low_bits(bits * one.count)) == one.packed;
}

}  // namespace sonae::link
