// Check words: five that follow from the words before them, by which a mistyped one is found.
// A Reed-Solomon code over GF(1024), one symbol for each word, with the roots x^1 ... x^5 of the generator:
// two different texts differ in six words at least, so any five wrong words are noticed, and a single one is
// named and put right.
// Source: I. S. Reed, G. Solomon, "Polynomial Codes over Certain Finite Fields", J. SIAM 8 (1960).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace sonae::vault {

using Symbols = std::vector<std::uint16_t>;  // numbers below 1,024, at most 1,023 of them

inline constexpr std::size_t kCheckWords = 5;

void add_check_words(Symbols& symbols);

bool check_words_hold(const Symbols& symbols);

struct WrongWord {
  std::size_t position = 0;
  std::uint16_t right = 0;
};
// Where one word alone is wrong: which, and what it must be.
std::optional<WrongWord> find_wrong_word(const Symbols& symbols);

}  // namespace sonae::vault
