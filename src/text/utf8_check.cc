#include "text/utf8_check.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "text/utf8.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sonae::text {

bool is_utf8_by_characters(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = at;
    // U+FFFD itself is three bytes; a broken character is passed over by one.
    if (next_character(bytes, at) == kReplacement && at == begin + 1) return false;
  }
  return true;
}

#if defined(__x86_64__)
namespace {

// Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte" (2021): what can be wrong with
// two neighbouring bytes has a bit each; three tables, by the halves of the first byte and the upper half of
// the second, say which of them each half allows. What all three allow is wrong.
using Mistakes = std::uint8_t;
constexpr Mistakes kTooShort = 1;        // a leading byte, and no continuation after it
constexpr Mistakes kTooLong = 2;         // a continuation after ASCII
constexpr Mistakes kOverlong3 = 4;       // E0 80..9F
constexpr Mistakes kTooLarge = 8;        // F4 90.., F5.. 90..
constexpr Mistakes kSurrogate = 16;      // ED A0..BF
constexpr Mistakes kOverlong2 = 32;      // C0, C1
constexpr Mistakes kOverlong4 = 64;      // F0 80..8F, and F5.. 80..8F, which is too large
constexpr Mistakes kTwoFollowing = 128;  // right as the third or fourth byte only
constexpr Mistakes kAnyLow = kTooShort | kTooLong | kTwoFollowing;

alignas(16) constexpr std::array<Mistakes, 16> kByFirstHigh = [] {
  std::array<Mistakes, 16> t{};
  for (std::size_t i = 0; i < 16; ++i)
    t[i] = i < 8 ? kTooLong : i < 12 ? kTwoFollowing : kTooShort;
  t[12] |= kOverlong2;
  t[14] |= kOverlong3 | kSurrogate;
  t[15] |= kTooLarge | kOverlong4;
  return t;
}();
alignas(16) constexpr std::array<Mistakes, 16> kByFirstLow = [] {
  std::array<Mistakes, 16> t{};
  for (std::size_t i = 0; i < 16; ++i)
    t[i] = static_cast<Mistakes>(kAnyLow | (i >= 4 ? kTooLarge : 0) | (i >= 5 ? kOverlong4 : 0));
  t[0] |= kOverlong2 | kOverlong3 | kOverlong4;
  t[1] |= kOverlong2;
  t[13] |= kSurrogate;
  return t;
}();
alignas(16) constexpr std::array<Mistakes, 16> kBySecondHigh = [] {
  std::array<Mistakes, 16> t{};
  for (std::size_t i = 0; i < 16; ++i)
    t[i] = i >= 8 && i < 12 ? kTooLong | kOverlong2 | kTwoFollowing : kTooShort;
  t[8] |= kOverlong3 | kOverlong4;
  t[9] |= kOverlong3 | kTooLarge;
  t[10] |= kSurrogate | kTooLarge;
  t[11] |= kSurrogate | kTooLarge;
  return t;
}();

__attribute__((target("ssse3"))) bool is_utf8_by_sixteen(std::string_view bytes) {
  const auto table = [](const auto& t) { return _mm_load_si128(reinterpret_cast<const __m128i*>(t.data())); };
  const __m128i first_high = table(kByFirstHigh), first_low = table(kByFirstLow),
                second_high = table(kBySecondHigh), half = _mm_set1_epi8(15);
  __m128i before = _mm_setzero_si128(), wrong = _mm_setzero_si128();
  // Zeros after the end: a character that is cut off shows as one without continuation.
  for (std::size_t at = 0; at < bytes.size() + 16; at += 16) {
    __m128i now = _mm_setzero_si128();
    if (at + 16 <= bytes.size()) {
      now = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + at));
    } else if (at < bytes.size()) {
      std::memcpy(&now, bytes.data() + at, bytes.size() - at);
    }
    const __m128i back1 = _mm_alignr_epi8(now, before, 15), back2 = _mm_alignr_epi8(now, before, 14),
                  back3 = _mm_alignr_epi8(now, before, 13);
    const auto high = [&](__m128i x) { return _mm_and_si128(_mm_srli_epi16(x, 4), half); };
    const __m128i of_pair =
        _mm_and_si128(_mm_and_si128(_mm_shuffle_epi8(first_high, high(back1)),
                                    _mm_shuffle_epi8(first_low, _mm_and_si128(back1, half))),
                      _mm_shuffle_epi8(second_high, high(now)));
    // Two bytes after a lead of three or four, and three after one of four, there must be two following.
    const __m128i must_follow =
        _mm_or_si128(_mm_subs_epu8(back2, _mm_set1_epi8(static_cast<char>(0xE0 - 0x80))),
                     _mm_subs_epu8(back3, _mm_set1_epi8(static_cast<char>(0xF0 - 0x80))));
    const __m128i expected = _mm_and_si128(must_follow, _mm_set1_epi8(static_cast<char>(kTwoFollowing)));
    wrong = _mm_or_si128(wrong, _mm_xor_si128(of_pair, expected));
    before = now;
  }
  return _mm_movemask_epi8(_mm_cmpeq_epi8(wrong, _mm_setzero_si128())) == 0xFFFF;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  static const bool has_shuffle = __builtin_cpu_supports("ssse3") != 0;
  return has_shuffle ? is_utf8_by_sixteen(bytes) : is_utf8_by_characters(bytes);
}
#else
bool is_utf8(std::string_view bytes) {
  return is_utf8_by_characters(bytes);
}
#endif

}  // namespace sonae::text
